//! Pages with everything on them.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use content::{Surroundings, lesson::Lesson};

use crate::{
    api::{
        AnswerForm, Day, ItemId, ItemKind, Percentiles, Question, Rating, RatingChoice, Report,
        Revealed, ReviewQueue, Scheduled, Stage, SubmissionState,
    },
    pages::{
        Assets, ExerciseSummary, QuestionState, Shell,
        account::{self, AccountView},
        accounts::{self, FormView, SecurityView, Session},
        catalog::{self, CatalogLesson, CatalogStep, CatalogView},
        code_language::{CodeLanguageChoice, CodeLanguageView},
        due,
        error::{self, ErrorView},
        exercise::{self, Attempt, ExerciseView, LessonLink, VisibleExample},
        home::{self, HomeView, LessonSummary},
        lesson::{self, Finish, LessonNotes, LessonView, Requirement, StepNotes},
        link::{self, LinkView},
        measurement::{self, MeasurementView},
        progress::{self, LessonRecall, ProgressView, Recall},
        reminders::{self, Address, AddressState, Done, RemindersView},
        review::{self, MovedItem, ReturnedExercise, ReviewView},
        step::{self, StepQuestion, StepView},
        submission::{self, SubmissionView},
    },
    text::Language,
};

/// Where the link with these words leads.
pub(super) fn target<'page>(html: &'page str, words: &str) -> &'page str {
    let (before, _) = html
        .split_once(&format!(">{words}</a>"))
        .unwrap_or_else(|| panic!("no link says {words}"));
    let (_, tag) = before.rsplit_once("<a ").expect("a link begins");
    let (_, url) = tag.split_once("href=\"").expect("a link leads somewhere");
    url.split('"').next().unwrap_or_default()
}

pub(super) fn shell(path: &str) -> Shell {
    Shell {
        language: Language::English,
        path: path.into(),
        nonce: "n0nce".into(),
        assets: Assets {
            boot: "/assets/boot-1.js".into(),
            app: "/assets/app-1.js".into(),
            wasm: "/assets/app_bg-1.wasm".into(),
            editor: "/assets/editor-1.js".into(),
            ..Assets::default()
        },
        due_count: Some(2),
    }
}

pub(super) fn measurement_view() -> MeasurementView {
    MeasurementView {
        checks: 200,
        false_verdicts: 1,
        undecided: 3,
        mean_half_width: Some(0.0042),
        latest_on: Some(Day("2026-11-24".into())),
    }
}

pub(super) fn reminders_view() -> RemindersView {
    RemindersView {
        done: Some(Done::Confirmed),
        mail_configured: true,
        address: Some(Address {
            text: "ada@example.org".into(),
            state: AddressState::Confirmed,
        }),
        by_mail: true,
        quiet_hours: [21, 8],
        time_zone: "Europe/Sofia".into(),
        browsers: 1,
        push_key: "BKey".into(),
        calendar_url: Some("https://lab.example/calendar/secret.ics".into()),
    }
}

pub(super) fn security_view() -> SecurityView {
    let session = |name: &str, is_this| Session {
        name: name.into(),
        user_agent: "Firefox".into(),
        last_used: Day("2026-11-24".into()),
        is_this,
    };
    SecurityView {
        account: Some(("ada@example.org".into(), 1)),
        sessions: vec![session("a1", true), session("b2", false)],
    }
}

/// A lesson with an answer of every kind; what gives an answer away has `SECRET` in it.
pub(super) fn lesson() -> Lesson {
    let markdown = "\
---
lang: en
tags: [latency]
---
# 22 - Latency

## Activate Prior Knowledge
- What have you measured before?

## Overview
Latency is a *distribution*.

## Key Concepts
- Percentile (quantile) – The value below which a share lies. Analogy: the tallest of the first half.

## Step-by-step Learning Path
1. **Measure**
   - Focus: the tail.
   - Practical task: time a call. [Speed it up](exercise:memoize) [Gone](exercise:gone)
   - Questions: What is the p99? Why?

## Examples
### A histogram
A picture of samples.

## Common Pitfalls
- **Averages:** They hide the tail.

## Short Retrieval Quiz
1. What is a percentile?
   > SECRET model answer.
   > - SECRET rubric point
2. Which is the tail?
   - [ ] p50
   - [x] p99
     - SECRET reason
3. How many of a hundred calls are slower than the p99?
   - Answer: `SECRETLY one`

## Quick Recap
- Measure the tail.

## Spaced Review Plan
| Interval | Prompt |
|---|---|
| 1 day | Define the p99. |
| 2 weeks | Measure one. |
";
    let surroundings = Surroundings::unknown();
    let parsed = content::parse(Path::new("22.md"), markdown.as_bytes(), &surroundings);
    parsed
        .lesson
        .unwrap_or_else(|| panic!("the lesson has errors: {:?}", parsed.diagnostics))
}

pub(super) fn question(item: i64, form: AnswerForm) -> QuestionState {
    QuestionState {
        question: Question {
            item: ItemId(item),
            kind: ItemKind::Quiz,
            prompt_html: format!("<p>Question {item}?</p>"),
            lesson_url: "/en/lessons/22#quiz".into(),
            explanation_url: "/en/lessons/22#percentile".into(),
            lesson_title: "22 · Latency".into(),
            form,
        },
        answer_id: format!("answer-uuid-{item}"),
        review_id: format!("review-uuid-{item}"),
        revealed: None,
        scheduled: None,
    }
}

pub(super) fn revealed() -> Revealed {
    let choices = [(Rating::Again, 1), (Rating::Good, 3)];
    Revealed {
        answer: "kept-uuid".into(),
        text: "I think <it> is a share".into(),
        model_html: "<p>A value below which a share lies.</p>".into(),
        rubric: vec!["it is a value".into(), "a share lies below it".into()],
        right: None,
        earlier_html: String::new(),
        choices: choices
            .map(|(rating, interval_days)| RatingChoice {
                rating,
                due_on: Day("2026-11-27".into()),
                interval_days,
                minutes: None,
                words: due::comes_back(interval_days, None, Language::English),
            })
            .to_vec(),
    }
}

pub(super) fn scheduled() -> Scheduled {
    Scheduled {
        rating: Rating::Good,
        due_on: Day("2026-11-27".into()),
        interval_days: 3,
        minutes: None,
        notice: None,
        words: due::rated(
            Rating::Good,
            &Day("2026-11-27".into()),
            3,
            None,
            Language::English,
        ),
    }
}

pub(super) fn exercise_summary() -> ExerciseSummary {
    ExerciseSummary {
        slug: "memoize".into(),
        title: "Memoize".into(),
        target: 2.0,
        attempts: 1,
        stars: Some(2),
        best_speedup: None,
    }
}

pub(super) fn lesson_view() -> LessonView {
    let forms = [
        AnswerForm::Open,
        AnswerForm::Choice {
            several: false,
            choices: vec!["p50".into(), "p99".into()],
        },
        AnswerForm::Short,
    ];
    LessonView {
        live: false,
        lesson: Arc::new(lesson()),
        other_language: true,
        requires: vec![Requirement {
            number: 21,
            title: Some("Clocks".into()),
        }],
        questions: (1..)
            .zip(forms)
            .map(|(item, form)| question(item, form))
            .collect(),
        finish: None,
        notes: LessonNotes {
            id: "note-uuid".into(),
            prior: vec!["A <slow> query".into()],
            steps: vec![StepNotes {
                is_done: true,
                note_html: "<p>It took 3 ms.</p>".into(),
            }],
        },
        exercises: BTreeMap::from([("memoize".to_owned(), exercise_summary())]),
    }
}

pub(super) fn finish() -> Finish {
    Finish {
        finished_on: Day("2026-11-24".into()),
        plan_due_on: vec![Day("2026-11-25".into()), Day("2026-12-08".into())],
    }
}

/// A language to choose, of which Rust is shown.
fn code_language(name: &str, title: &str) -> CodeLanguageChoice {
    CodeLanguageChoice {
        name: name.into(),
        title: title.into(),
        is_current: name == "rust",
        is_installed: true,
    }
}

pub(super) fn exercise_view() -> ExerciseView {
    ExerciseView {
        callable: None,
        slug: "memoize".into(),
        title: "Memoize".into(),
        statement_html: "<p>Make it faster.</p>".into(),
        hints_html: vec!["<p>Count the calls.</p>".into()],
        debrief_html: None,
        target: 2.0,
        stars: [2.0, 3.0, 4.0],
        signature: "answer: func(queries: list<u64>) -> u64".into(),
        memory_limit_bytes: 64 << 20,
        source_limit_bytes: 64 << 10,
        examples: vec![VisibleExample {
            input: "queries = [27]".into(),
            expected: Some("111".into()),
        }],
        lesson: Some(LessonLink {
            url: "/en/lessons/22#step-4".into(),
            title: "22 · Latency".into(),
        }),
        code_language: "rust".into(),
        code: CodeLanguageView {
            choices: vec![code_language("rust", "Rust"), code_language("c", "C")],
            compiler: Some("rustc 1.95.0".into()),
            flags: vec!["-Copt-level=3".into()],
            compiler_seconds: 4,
            compiler_memory_bytes: 1 << 30,
            surroundings: String::new(),
        },
        draft: "pub fn answer() -> bool { 1 < 2 }".into(),
        starter: "pub fn answer() {}".into(),
        submission_id: "submission-uuid".into(),
        refused: None,
        attempts: vec![Attempt {
            id: "earlier-uuid".into(),
            submitted_at: "24 November, 10:12".into(),
            verdict: Some("wrong_answer".into()),
            passed: false,
            speedup: None,
            interval: None,
            predicted_speedup: None,
        }],
    }
}

pub(crate) fn report() -> Report {
    Report {
        verdict: "faster".into(),
        passed: true,
        target: 2.0,
        speedup: Some(2.41),
        interval: Some([2.3, 2.52]),
        stars: Some(1),
        before: Some(Percentiles {
            p50_ns: 812_000.0,
            p95_ns: 870_000.0,
            p99_ns: 1_110_000.0,
        }),
        after: Some(Percentiles {
            p50_ns: 337_000.0,
            p95_ns: 361_000.0,
            p99_ns: 498_000.0,
        }),
        percentiles: Some("call".into()),
        samples_before_ns: vec![800_000.0, 812_000.0, 870_000.0],
        samples_after_ns: vec![330_000.0, 337_000.0, 361_000.0],
        fuel_before: Some(12_345_678),
        fuel_after: Some(4_222_111),
        fuel_reference: Some(4_000_000),
        peak_memory_bytes: Some(1_966_080),
        module_bytes_before: Some(18_432),
        module_bytes_after: Some(21_504),
        reference_speedup: Some(2.9),
        identical_code: false,
        rerun: false,
        marks: Vec::new(),
        message: None,
        predicted_speedup: Some(3.0),
        last_pass_speedup: Some(2.1),
    }
}

pub(super) fn submission_view(stage: Stage, report: Option<Report>) -> SubmissionView {
    SubmissionView {
        world: None,
        exercise: "memoize".into(),
        title: "Memoize".into(),
        state: SubmissionState {
            id: "submission-uuid".into(),
            stage,
            ahead: None,
            report,
        },
        profile: None,
        source: "pub fn answer() -> bool { 1 < 2 }".into(),
        debrief_html: None,
    }
}

pub(super) fn review_view(due: bool) -> ReviewView {
    ReviewView {
        queue: ReviewQueue {
            next: due.then(|| question(1, AnswerForm::Open).question),
            revealed: None,
            due_count: u32::from(due),
            waiting_count: 0,
            next_due_at_ms: None,
            reviewed_today: 1,
            next_due_on: Some(Day("2026-11-27".into())),
        },
        next_due: None,
        answer_id: "answer-uuid".into(),
        review_id: "review-uuid".into(),
        moved: vec![MovedItem {
            item: ItemId(2),
            review: "rated-uuid".into(),
            rating: Rating::Again,
            text: "Which is the tail?".into(),
            comes_back: "in 1\u{a0}minute".into(),
            is_leech: true,
        }],
        exercises: vec![ReturnedExercise {
            slug: "memoize".into(),
            title: "Memoize".into(),
            passed_on: Day("2026-11-17".into()),
            best_speedup: 2.5,
        }],
    }
}

pub(super) fn account_view() -> AccountView {
    AccountView {
        time_zone: "Europe/Sofia".into(),
        time_zones: vec!["Europe/Sofia".into(), "UTC".into()],
        now: Some("10:00".into()),
        day_starts_at_hour: "4".into(),
        desired_retention: "90".into(),
        reviews_per_day: "100".into(),
        new_items_per_day: "10".into(),
        problem: Some("There is no such time zone.".into()),
        saved: true,
        deleted: true,
        is_known: true,
    }
}

pub(super) fn progress_view() -> ProgressView {
    let recall = |name: &str| Recall {
        name: name.into(),
        url: "/en/lessons/22#percentile".into(),
        predicted: 0.87,
    };
    ProgressView {
        has_reviews: true,
        forecast: (0..30).map(|day| day % 4).collect(),
        lessons: vec![LessonRecall {
            recall: recall("22 · Latency"),
            items: 7,
            tested: 10,
            recalled: 9,
        }],
        concepts: vec![recall("Percentile")],
        leeches: vec![recall("Tail")],
        streak_days: 3,
        active_days: 12,
        predictions: vec![(2.0, 2.4), (3.0, 1.1)],
        exercises: vec![exercise_summary()],
    }
}

pub(super) fn catalog_view() -> CatalogView {
    CatalogView {
        lessons: vec![CatalogLesson {
            number: 22,
            title: Some("Latency".into()),
            steps: vec![CatalogStep {
                number: 4,
                title: Some("Optimise".into()),
                exercises: vec![exercise_summary()],
            }],
        }],
    }
}

pub(super) fn step_view() -> StepView {
    StepView {
        lesson_number: 22,
        lesson_title: "Latency".into(),
        other_language: true,
        number: 1,
        title: "Measure".into(),
        task_html: "<p>time a call.</p>".into(),
        key: "step-measure".into(),
        id: "note-uuid".into(),
        note: "It took </textarea> 3 ms.".into(),
        note_html: "<p>It took 3 ms.</p>".into(),
        questions: vec![StepQuestion {
            key: "question-what".into(),
            html: "What is the p99?".into(),
            answer: "A tail".into(),
        }],
        is_done: true,
        has_image: true,
    }
}

/// Every page by name, in the states that show most.
pub(super) fn every_page() -> Vec<(&'static str, String)> {
    let mut answered = lesson_view();
    answered.finish = Some(finish());
    answered.questions[0].revealed = Some(revealed());
    answered.questions[0].scheduled = Some(scheduled());
    answered.questions[1].revealed = Some(Revealed {
        text: "0".into(),
        right: Some(false),
        ..revealed()
    });
    let summary = LessonSummary {
        number: 22,
        title: "Latency".into(),
        minutes: 1,
        tags: Vec::new(),
        questions: 3,
        answered: 1,
        finished_on: Some(Day("2026-11-24".into())),
        exercises: vec![exercise_summary()],
    };
    let courses = HomeView {
        lessons: vec![summary],
    };
    let lesson_shell = shell("/lessons/22");
    let graded = submission_view(Stage::Done, Some(report()));
    vec![
        ("home", home::render(&shell("/"), courses)),
        ("lesson", lesson::render(&lesson_shell, lesson_view())),
        ("lesson, answered", lesson::render(&lesson_shell, answered)),
        (
            "exercises",
            catalog::render(&shell("/exercises"), catalog_view()),
        ),
        (
            "exercise",
            exercise::render(&shell("/exercises/memoize"), exercise_view()),
        ),
        (
            "submission, graded",
            submission::render(&shell("/"), graded),
        ),
        (
            "submission, under way",
            submission::render(&shell("/"), submission_view(Stage::Checking, None)),
        ),
        (
            "reminders",
            reminders::render(&shell("/account/reminders"), reminders_view()),
        ),
        (
            "a link in a letter",
            link::render(&shell("/enter/secret"), LinkView::Enter),
        ),
        (
            "account",
            accounts::render_security(&shell("/account/security"), security_view()),
        ),
        (
            "signing in",
            accounts::render_form(&shell("/account/sign-in"), FormView::SignIn),
        ),
        (
            "measurement",
            measurement::render(&shell("/measurement"), measurement_view()),
        ),
        (
            "review",
            review::render(&shell("/review"), review_view(true)),
        ),
        (
            "review, done",
            review::render(&shell("/review"), review_view(false)),
        ),
        (
            "account",
            account::render(&shell("/account"), account_view()),
        ),
        (
            "progress",
            progress::render(&shell("/progress"), progress_view()),
        ),
        (
            "progress of a stranger",
            progress::render(&shell("/progress"), ProgressView::default()),
        ),
        (
            "step",
            step::render(&shell("/lessons/22/steps/1"), step_view()),
        ),
        (
            "not found",
            error::render(&shell("/x"), ErrorView::NotFound),
        ),
        (
            "other language",
            error::render(&lesson_shell, ErrorView::OtherLanguageOnly),
        ),
    ]
}

//! What pages say about the figures behind a verdict.

use super::builders::{exercise_view, report, shell, submission_view, target};
use crate::{
    api::{Mark, Report, Stage},
    pages::{
        exercise::{self, Attempt},
        submission::{self, HotSpot, Origin, ProfileView, SideView},
    },
};

fn page_of(report: Report, profile: Option<ProfileView>) -> String {
    let mut view = submission_view(Stage::Done, Some(report));
    view.profile = profile;
    submission::render(&shell("/exercises/memoize/submissions/1"), view)
}

fn side(samples: u32) -> SideView {
    let place = |function: &str, line, origin, own_share| HotSpot {
        function: function.into(),
        line,
        origin,
        own_share,
        total_share: 0.9,
    };
    SideView {
        samples,
        enough_samples: 100,
        places: vec![
            place("cost<u8>", Some(7), Origin::Source, 0.75),
            place("insert", None, Origin::Library, 0.25),
            place("hardly_ever", Some(9), Origin::Source, 0.001),
        ],
    }
}

#[test]
fn a_profile_is_shown_as_pictures_and_as_tables() {
    let made = ProfileView::Made {
        before: side(400),
        after: side(500),
    };
    let html = page_of(report(), Some(made));
    for side in ["before", "after", "difference"] {
        let picture = format!("/en/exercises/memoize/submissions/1/flamegraph/{side}.svg");
        assert!(html.contains(&picture), "{picture} is missing");
    }
    assert_eq!(html.matches(r#"<table class="hot-spots">"#).count(), 3);
    assert!(html.contains("What changed, in time per call"));
    assert!(html.contains("<code>cost&lt;u8&gt;</code>") && html.contains("75\u{a0}%"));
    assert!(
        !html.contains("hardly_ever"),
        "what takes no time is no place to look"
    );
}

#[test]
fn too_few_samples_are_said_and_not_drawn() {
    let made = ProfileView::Made {
        before: side(400),
        after: side(12),
    };
    let html = page_of(report(), Some(made));
    assert!(html.contains("Your code: We saw the program only 12 times, and 100 would be needed"));
    assert!(html.contains("flamegraph/before.svg"));
    assert!(!html.contains("flamegraph/after.svg") && !html.contains("difference.svg"));
}

#[test]
fn a_profile_under_way_is_asked_for_again_and_shows_no_empty_frames() {
    let html = page_of(report(), Some(ProfileView::Underway));
    assert!(html.contains("appears here within seconds") && html.contains("data-underway"));
    assert!(html.contains(r#"http-equiv="refresh""#) && !html.contains("flamegraph/"));
}

#[test]
fn an_undecided_measurement_offers_to_go_on_and_says_when_it_cannot() {
    let undecided = |rerun| Report {
        verdict: "inconclusive".into(),
        passed: false,
        rerun,
        ..report()
    };
    let html = page_of(undecided(true), None);
    assert!(html.contains(r#"method="post" action="/en/exercises/memoize/submissions/1/rerun""#));
    assert!(html.contains("This costs you nothing") && html.contains("Measure once more"));
    let html = page_of(undecided(false), None);
    assert!(html.contains("is final for this code") && !html.contains("/rerun"));
}

#[test]
fn places_of_the_source_are_there_for_the_editor() {
    let mark = Mark {
        line: 2,
        column: 5,
        end_line: 3,
        end_column: 1,
        message: "not \"this\"".into(),
    };
    let html = page_of(
        Report {
            marks: vec![mark],
            ..report()
        },
        None,
    );
    assert!(
        html.contains(r#"data-from="2:5" data-to="3:1" data-message="not &quot;this&quot;""#),
        "{html}"
    );
}

#[test]
fn measured_attempts_are_a_chart_with_expectations_kept() {
    let attempt = |speedup: Option<f64>, predicted_speedup| Attempt {
        id: "earlier-uuid".into(),
        submitted_at: "24 November, 10:12".into(),
        verdict: Some("faster".into()),
        passed: false,
        speedup,
        interval: speedup.map(|speedup| [speedup * 0.9, speedup * 1.1]),
        predicted_speedup,
    };
    let mut view = exercise_view();
    view.attempts = vec![
        attempt(Some(2.0), Some(2.1)),
        attempt(None, Some(9.0)),
        attempt(Some(1.2), Some(3.0)),
    ];
    let html = exercise::render(&shell("/exercises/memoize"), view);
    assert!(html.contains("1: 1.20×; 3: 2.00×"), "{html}");
    assert!(
        html.contains("Of 2 expectations, 1 came within a tenth of the result."),
        "{html}"
    );
    let html = exercise::render(&shell("/exercises/memoize"), exercise_view());
    assert!(!html.contains("attempts-chart"), "nothing was measured");
    assert_eq!(
        target(&html, "24 November, 10:12"),
        "/en/exercises/memoize/submissions/earlier-uuid"
    );
}

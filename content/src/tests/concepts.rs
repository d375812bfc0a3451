use super::author::Author;
use crate::lesson::Concept;

fn concept(line: &str) -> Concept {
    let lesson = Author::new().replaces("- Miss – Not found.", line).lesson();
    lesson
        .concepts
        .into_iter()
        .nth(1)
        .expect("the line is a concept")
}

#[test]
fn a_concept_is_a_term_a_gloss_a_definition_and_an_analogy() {
    insta::assert_debug_snapshot!(concept("- **Miss** (пропуск) — Not *found*. Analogy: an empty shelf."), @r#"
    Concept {
        key: ItemKey(
            "concept-80688fc3d5f8",
        ),
        term: "Miss",
        gloss: Some(
            "пропуск",
        ),
        definition: Html(
            "<p>Not <em>found</em>.</p>\n",
        ),
        analogy: Some(
            Html(
                "<p>an empty shelf.</p>\n",
            ),
        ),
    }
    "#);
}

#[test]
fn a_gloss_may_hold_brackets_of_its_own() {
    let concept = concept("- Growth (ред O(n)) – Time against size.");
    assert_eq!(
        (concept.term.as_str(), concept.gloss.as_deref()),
        ("Growth", Some("ред O(n)"))
    );
}

#[test]
fn the_first_dash_between_spaces_parts_term_and_definition() {
    assert_eq!(
        concept("- Read-ahead - Fetch early - before it is asked for.").term,
        "Read-ahead"
    );
    assert_eq!(concept("- `a - b` (разлика) – Not found.").term, "a - b");
}

#[test]
fn a_clause_that_compares_stays_in_its_sentence() {
    let concept = concept("- Miss – Not found, подобно на празен рафт.");
    assert_eq!(concept.analogy, None);
    assert_eq!(
        concept.definition.0,
        "<p>Not found, подобно на празен рафт.</p>\n"
    );
}

#[test]
fn a_point_without_a_dash_is_shown_as_prose() {
    let author = Author::new().replaces("- Miss – Not found.", "- Miss, not found.");
    insta::assert_snapshot!(author.is_told(), @r"
    14:3+16 warning not-understood a concept is a term, a dash between spaces and a definition; this point is shown as prose
    36:1+18 hint question-untaught no passage of the lesson treats what this question asks for, and it has no answer
    ");
    insta::assert_snapshot!(author.lesson().sections[2].after.0, @r#"
    <ul>
    <li>Miss, not found.</li>
    </ul>
    "#);
}

#[test]
fn a_repeated_concept_is_warned_of_at_its_second_occurrence() {
    insta::assert_snapshot!(Author::new().replaces("- Miss –", "- **HIT** –").is_told(), @r"
    14:5+18 warning concept-repeated `HIT` is here for the second time
    36:1+18 hint question-untaught no passage of the lesson treats what this question asks for, and it has no answer
    ");
}

#[test]
fn c_and_c_plus_plus_are_two_concepts() {
    let author = Author::new()
        .replaces("- Hit (попадение) –", "- C –")
        .replaces("- Miss –", "- C++ –");
    assert!(!author.is_told().contains("concept-repeated"));
}

#[test]
fn a_pitfall_is_a_bold_name_and_a_text() {
    for line in [
        "- **No end:** It *fills*.",
        "- **No end**: It *fills*.",
        "- **No end** It *fills*.",
        "- **No end** – It *fills*.",
    ] {
        let lesson = Author::new()
            .replaces("- **No limit:** Memory fills.", line)
            .lesson();
        assert_eq!(
            (
                lesson.pitfalls[0].name.as_str(),
                lesson.pitfalls[0].text.0.as_str()
            ),
            ("No end", "<p>It <em>fills</em>.</p>\n")
        );
    }
}

#[test]
fn an_interval_is_a_whole_number_and_a_unit_in_either_language() {
    let days = |interval: &str| {
        let parsed = Author::new().replaces("1 day ", interval).parses();
        parsed.lesson.map(|lesson| lesson.plan[0].interval.days())
    };
    let read = [
        "1 day",
        "2 DAYS",
        "1 week",
        "6 months",
        "1 year",
        "1 ден",
        "3 дни",
        "2 седмици",
        "6 месеца",
        "1 година",
    ];
    assert_eq!(
        read.map(days),
        [1, 2, 7, 180, 365, 1, 3, 14, 180, 365].map(Some)
    );
    assert_eq!(
        [
            "0 days",
            "day",
            "1.5 days",
            "-1 day",
            "1",
            "",
            "99999999999 days"
        ]
        .map(days),
        [None; 7]
    );
}

#[test]
fn an_unreadable_interval_is_reported_at_its_cell() {
    insta::assert_snapshot!(Author::new().replaces("1 day ", "утре  ").is_told(), @"46:3+4 error interval-unreadable `утре` is not an interval: expected a whole number from 1 and a unit");
}

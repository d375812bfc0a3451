use super::author::Author;

#[test]
fn a_lesson_without_a_number_is_told_at_its_heading() {
    let author = Author::new().replaces("# 7 - Caches", "# Caches");
    insta::assert_snapshot!(author.is_told(), @"1:1+8 error number-missing the first heading has no lesson number in front of its title");
    assert_eq!(author.parses().title.as_deref(), Some("Caches"));
}

#[test]
fn a_lesson_without_a_title_is_told_at_its_heading() {
    insta::assert_snapshot!(Author::new().replaces("# 7 - Caches", "# 7 -").is_told(), @"1:1+5 error title-missing the first heading has no title");
}

#[test]
fn a_lesson_without_a_first_heading_is_told_at_its_first_line() {
    insta::assert_snapshot!(Author::new().replaces("# 7 - Caches\n", "").is_told(), @"1:1+1 error title-missing the lesson does not begin with its number and title");
}

#[test]
fn every_dash_parts_the_number_from_the_title() {
    for heading in ["# 7 - Caches", "# 7 – Caches", "# 7 — Caches", "# 7-Caches"] {
        let parsed = Author::new().replaces("# 7 - Caches", heading).parses();
        assert_eq!(
            (parsed.number, parsed.title.as_deref()),
            (Some(7), Some("Caches"))
        );
    }
}

#[test]
fn a_full_stop_behind_the_number_is_read_and_warned_of() {
    insta::assert_snapshot!(Author::new().replaces("# 7 - Caches", "# 7. Caches").is_told(), @"1:1+11 warning title-dash number and title are parted by something that is not a dash");
}

#[test]
fn a_missing_section_is_reported_at_the_heading_behind_which_it_belongs() {
    insta::assert_snapshot!(Author::new().removes_section("## 5. Examples").is_told(), @"16:1+32 error section-missing the section `Examples` is missing behind `Step-by-step Learning Path`");
}

#[test]
fn a_missing_first_section_is_reported_at_the_heading_before_which_it_belongs() {
    insta::assert_snapshot!(Author::new().removes_section("## 1. Activate").is_told(), @"3:1+14 error section-missing the section `Activate Prior Knowledge` is missing before `Overview`");
}

#[test]
fn a_file_with_only_a_title_misses_all_nine_sections() {
    let mut author = Author::new();
    author.text = "# 7 - Caches\n".to_owned();
    assert_eq!(
        author
            .is_told()
            .matches("1:1+1 error section-missing")
            .count(),
        9
    );
}

#[test]
fn a_doubled_section_is_reported_at_its_second_heading() {
    let author = Author::new().replaces("## 3. Key", "## Overview\n\nAgain.\n\n## 3. Key");
    insta::assert_snapshot!(author.is_told(), @"11:1+11 error section-doubled the section `Overview` is here for the second time");
}

#[test]
fn an_empty_section_is_reported_at_its_heading() {
    insta::assert_snapshot!(Author::new().replaces("Keep what you use.\n\n## 3", "## 3").is_told(), @"7:1+14 error section-empty the section `Overview` has nothing of what it is for");
}

#[test]
fn a_section_without_its_list_is_empty() {
    let author = Author::new().replaces("- **No limit:** Memory fills.", "Beware.");
    insta::assert_snapshot!(author.is_told(), @"29:1+21 error section-empty the section `Common Pitfalls` has nothing of what it is for");
}

#[test]
fn of_two_swapped_sections_the_one_that_comes_too_late_is_misplaced() {
    let author = Author::new()
        .replaces(
            "## 7. Short Retrieval Quiz\n\n1. What is a hit?\n2. What is a miss?\n\n",
            "",
        )
        .replaces(
            "## 9. Spaced",
            "## 7. Short Retrieval Quiz\n\n1. What is a hit?\n\n## 9. Spaced",
        );
    insta::assert_snapshot!(author.is_told(), @"37:1+26 error section-misplaced the section `Short Retrieval Quiz` stands out of order");
}

#[test]
fn a_last_section_that_comes_first_is_the_only_one_misplaced() {
    let plan =
        "## 9. Spaced Review Plan\n\n| Interval | Prompt |\n|-|-|\n| 1 day | Name a cache. |\n\n";
    let author = Author::new()
        .removes_section("## 9.")
        .replaces("## 1. Act", &format!("{plan}## 1. Act"));
    insta::assert_snapshot!(author.is_told(), @"3:1+24 error section-misplaced the section `Spaced Review Plan` stands out of order");
}

#[test]
fn sections_are_found_by_title_whatever_the_number_and_case() {
    for heading in [
        "## Key Concepts",
        "## 3) key concepts",
        "## Ключови понятия",
        "## 3. **Key** Concepts",
    ] {
        assert_eq!(
            Author::new()
                .replaces("## 3. Key Concepts", heading)
                .is_told(),
            ""
        );
    }
}

#[test]
fn a_number_that_disagrees_with_the_place_of_its_section_is_warned_of() {
    insta::assert_snapshot!(Author::new().replaces("## 3. Key", "## 5. Key").is_told(), @"11:1+18 warning section-number the section `Key Concepts` has the number 5, but it is section 3");
}

#[test]
fn a_heading_of_no_section_is_shown_behind_the_section_before_it() {
    let author = Author::new().replaces("## 3. Key", "## Notes\n\nMore to read.\n\n## 3. Key");
    insta::assert_snapshot!(author.is_told(), @"11:1+8 warning section-unknown `Notes` is not one of the nine sections; it is shown with the section before it");
    insta::assert_snapshot!(author.lesson().sections[1].after.0, @r#"
    <h3>Notes</h3>
    <p>More to read.</p>
    "#);
}

#[test]
fn text_before_the_first_section_is_shown_in_it() {
    let author = Author::new().replaces("## 1. Act", "Welcome.\n\n## 1. Act");
    insta::assert_snapshot!(author.is_told(), @"3:1+8 warning outside-sections text stands before the first section; it is shown at the beginning of that section");
    insta::assert_snapshot!(author.lesson().sections[0].before.0, @"<p>Welcome.</p>");
}

#[test]
fn everything_is_reported_at_once_in_the_order_of_the_file() {
    let author = Author::new()
        .replaces("# 7 - Caches", "# Caches")
        .replaces("   - Practical task: Time it.\n", "")
        .replaces("1 day ", "soon  ")
        .replaces("2. What is a miss?", "2. What is a *hit*?");
    insta::assert_snapshot!(author.is_told(), @r#"
    1:1+8 error number-missing the first heading has no lesson number in front of its title
    18:1+14 error step-without-task step 1, `Measure`, has no task
    35:4+16 warning question-repeated `What is a hit?` is here for the second time
    45:3+4 error interval-unreadable `soon` is not an interval: expected a whole number from 1 and a unit
    "#);
}

#[test]
fn an_author_names_a_section_and_a_question_for_ever() {
    let lesson = Author::new()
        .replaces("## 2. Overview", "## 2. Overview {#start}")
        .replaces("1. What is a hit?", "1. What is a hit? {#hit}")
        .lesson();
    assert_eq!(
        (
            lesson.sections[1].title.as_str(),
            lesson.sections[1].anchor.as_str()
        ),
        ("Overview", "start")
    );
    assert_eq!(
        (
            lesson.quiz[0].prompt.text.as_str(),
            lesson.quiz[0].prompt.key.0.as_str()
        ),
        ("What is a hit?", "hit")
    );
}

#[test]
fn an_id_that_is_there_twice_is_an_error_at_the_second() {
    let author = Author::new()
        .replaces("1. What is a hit?", "1. What is a hit? {#hit}")
        .replaces("2. What is a miss?", "2. What is a miss? {#hit}");
    insta::assert_snapshot!(author.is_told(), @"36:20+6 error id-doubled `{#hit}` stands here for the second time; an id belongs to one thing");
}

#[test]
fn a_key_survives_formatting_case_and_punctuation() {
    let key = |question: &str| Author::asks(&format!("1. {question}\n")).prompt.key;
    assert_eq!(key("What is a hit?"), key("**what** is a `HIT`"));
    assert_ne!(key("What is a hit?"), key("What is a miss?"));
}

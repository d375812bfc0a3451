use super::author::Author;
use crate::lesson::Language;

#[test]
fn an_author_says_what_the_lesson_is_in_front_of_it() {
    let front_matter =
        "---\nlang: bg\nrequires: [3, 5]\ntags:\n  - кеш\n  - памет\nminutes: 25\n---\n";
    let author = Author::new().begins_with(front_matter);
    assert_eq!(author.is_told(), "");
    let lesson = author.lesson();
    assert_eq!(lesson.language, Language::Bulgarian);
    assert_eq!(
        (lesson.requires, lesson.tags, lesson.minutes),
        (vec![3, 5], vec!["кеш".to_owned(), "памет".to_owned()], 25)
    );
}

#[test]
fn minutes_are_estimated_where_the_author_says_none() {
    assert_eq!(Author::new().lesson().minutes, 1);
    let author = Author::new().replaces("Look it up.", &"word ".repeat(900));
    assert_eq!(author.lesson().minutes, 6);
}

#[test]
fn an_alias_names_a_section_in_either_direction() {
    for aliases in [
        "concepts: Main ideas",
        "Main ideas: concepts",
        "Key Concepts: [Main ideas, Ideas]",
    ] {
        let author = Author::new()
            .replaces("## 3. Key Concepts", "## 3. Main ideas")
            .begins_with(&format!("---\nsections:\n  {aliases}\n---\n"));
        assert_eq!(author.is_told(), "");
        assert_eq!(author.lesson().sections[2].title, "Main ideas");
    }
}

#[test]
fn what_the_front_matter_cannot_say_is_reported_where_it_stands() {
    let front_matter =
        "---\nlang: de\nlevel: 3\nminutes: 0\nrequires: [1, two]\ntags: {a: b}\nlang: en\n---\n";
    insta::assert_snapshot!(Author::new().begins_with(front_matter).is_told(), @r#"
    2:7+2 error front-matter-value the front matter has `de` here; expected `bg` or `en`
    3:1+5 warning front-matter-unknown-key `level` means nothing here; the keys are `lang`, `requires`, `tags`, `minutes` and `sections`
    4:10+1 error front-matter-value the front matter has `0` here; expected a whole number from 1
    5:15+3 error front-matter-value the front matter has `two` here; expected a whole number from 1
    6:1+4 error front-matter-value the front matter has `tags` here; expected words, as in `tags: [latency, caching]`
    7:1+4 error front-matter-value the front matter has `lang` here; expected each key once: this one was here before
    "#);
}

#[test]
fn front_matter_that_is_not_yaml_is_reported_where_it_breaks() {
    insta::assert_snapshot!(Author::new().begins_with("---\ntags: [a, b\nminutes: 3\n---\n").is_told(), @"3:8+1 error front-matter-syntax the front matter is not YAML: illegal placement of ':' indicator");
}

#[test]
fn a_tab_in_front_matter_is_an_error_on_its_line() {
    insta::assert_snapshot!(Author::new().begins_with("---\ntags:\n\t- a\n---\n").is_told(), @"3:1+1 error front-matter-syntax a line of the front matter is indented with a tab, which YAML forbids");
}

#[test]
fn front_matter_without_an_end_is_reported_at_its_beginning() {
    assert!(
        Author::new()
            .begins_with("---\nlang: bg\n")
            .is_told()
            .starts_with("1:1+3 error front-matter-unclosed")
    );
}

#[test]
fn deep_brackets_in_front_matter_cost_no_stack() {
    let author = Author::new().begins_with(&format!("---\ntags: {}\n---\n", "[".repeat(100_000)));
    assert!(author.is_told().contains("error front-matter-"));
}

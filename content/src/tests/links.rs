use std::path::Path;

use super::author::{Author, told};
use crate::{Image, Surroundings, parse};

fn is_told(author: &Author) -> String {
    let surroundings = Surroundings {
        image: &|path| match path {
            "images/my cache.png" => Image::At("/images/0123abcd.png".to_owned()),
            "images/text.png" => Image::Unusable("it is text".to_owned()),
            _ => Image::Missing,
        },
        exercise_exists: &|slug| slug == "memoize",
    };
    told(
        &parse(
            Path::new("lesson.md"),
            author.text.as_bytes(),
            &surroundings,
        )
        .diagnostics,
    )
}

#[test]
fn a_picture_beside_the_lesson_is_found_and_a_missing_one_warned_of() {
    let overview = "![There](images/my%20cache.png) ![Not there](images/no.png) ![Outside](../secret.png)\n\n## 3";
    let author = Author::new().replaces("Keep what you use.\n\n## 3", overview);
    insta::assert_snapshot!(is_told(&author), @r#"
    9:33+27 warning image-missing there is no picture `images/no.png` beside the lesson
    9:61+25 warning image-missing there is no picture `../secret.png` beside the lesson
    "#);
}

#[test]
fn a_picture_on_another_server_becomes_a_link() {
    let author = Author::new().replaces("Look it up.", "![A cache](https://example.org/a.png)");
    insta::assert_snapshot!(author.is_told(), @"27:1+37 warning image-remote the picture `https://example.org/a.png` is on another server and shown as a link");
    insta::assert_snapshot!(author.lesson().examples[0].body.0, @r#"<p><a href="https://example.org/a.png" rel="noopener">A cache</a></p>"#);
}

#[test]
fn an_exercise_is_known_and_stands_in_a_step() {
    let author = Author::new()
        .replaces(
            "Time it.",
            "Time it. [Go](exercise:memoize) [Go](exercise:nothing)",
        )
        .replaces("Look it up.", "[Go](exercise:memoize)");
    insta::assert_snapshot!(is_told(&author), @r#"
    20:54+22 warning exercise-unknown there is no exercise `nothing`; its button is not shown
    27:1+22 warning exercise-misplaced the exercise `memoize` is linked outside the steps, where it gets no button
    "#);
}

#[test]
fn a_link_that_could_run_something_is_text() {
    let author = Author::new().replaces(
        "Look it up.",
        "[Look](javascript:alert(1)) [it](data:text/html,x) up.",
    );
    insta::assert_snapshot!(author.is_told(), @r#"
    27:1+27 warning link-scheme a link with `javascript:` is shown as text
    27:29+22 warning link-scheme a link with `data:` is shown as text
    "#);
    insta::assert_snapshot!(author.lesson().examples[0].body.0, @r#"<p><a rel="noopener">Look</a> <a rel="noopener">it</a> up.</p>"#);
}

#[test]
fn a_picture_gets_the_address_that_pages_have_it_from_and_a_file_that_is_none_is_warned_of() {
    let overview = "![There](images/my%20cache.png) ![Text](images/text.png)\n\n## 3";
    let author = Author::new().replaces("Keep what you use.\n\n## 3", overview);
    insta::assert_snapshot!(is_told(&author), @"9:33+24 warning image-unusable `images/text.png` cannot be shown: it is text");
    let surroundings = Surroundings {
        image: &|_| Image::At("/images/0123abcd.png".to_owned()),
        exercise_exists: &|_| true,
    };
    let parsed = parse(
        Path::new("lesson.md"),
        author.text.as_bytes(),
        &surroundings,
    );
    let lesson = parsed.lesson.expect("it has no errors");
    assert!(
        lesson.sections[1]
            .before
            .0
            .contains("<img src=\"/images/0123abcd.png\" alt=\"There\">")
    );
}

#[test]
fn a_picture_without_words_is_warned_of() {
    let author = Author::new().replaces("Look it up.", "![](a.png)");
    insta::assert_snapshot!(author.is_told(), @"27:1+10 warning image-undescribed this picture says nothing to those who cannot see it");
}

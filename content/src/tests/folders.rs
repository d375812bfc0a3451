use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use super::author::{Author, told};
use crate::{Parsed, Surroundings, check_together, find_lessons, parse};

#[test]
fn lessons_are_found_below_a_folder_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("lessons");
    let outside = folder.path().join("secret.md");
    for file in [
        "b.md",
        "a/c.MD",
        "README.md",
        ".hidden/d.md",
        "exercise/exercise.toml",
        "exercise/statement.md",
        "e.txt",
    ] {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("a folder can be made");
        fs::write(path, "").expect("a file can be written");
    }
    fs::write(&outside, "").expect("a file can be written");
    symlink(&outside, root.join("out.md")).expect("a link can be made");
    symlink(&root, root.join("circle")).expect("a link can be made");
    symlink(root.join("b.md"), root.join("z.md")).expect("a link can be made");
    let found = find_lessons(&root).expect("the folder can be read");
    assert_eq!(found.outside, [root.join("out.md")]);
    let names: Vec<&Path> = found
        .lessons
        .iter()
        .map(|path| path.strip_prefix(&root).expect("it is below"))
        .collect();
    assert_eq!(names, ["a/c.MD", "b.md", "z.md"].map(Path::new));
}

#[test]
fn two_lessons_with_one_number_in_one_language_are_reported_at_the_second() {
    let author = Author::new().begins_with("\n\n");
    let parsed = |path: &str| {
        parse(
            Path::new(path),
            author.text.as_bytes(),
            &Surroundings::unknown(),
        )
    };
    let files: Vec<(PathBuf, Parsed)> = ["en/7.md", "bg/7.md", "en/other.md"]
        .map(|path| (path.into(), parsed(path)))
        .into();
    let together: Vec<(PathBuf, &Parsed)> = files
        .iter()
        .map(|(path, parsed)| (path.clone(), parsed))
        .collect();
    let problems = check_together(&together);
    assert_eq!(
        problems.iter().map(|(place, _)| *place).collect::<Vec<_>>(),
        [2]
    );
    let diagnostics: Vec<_> = problems
        .into_iter()
        .map(|(_, diagnostic)| diagnostic)
        .collect();
    insta::assert_snapshot!(told(&diagnostics), @"3:1+1 error number-taken lesson 7 in the language `en` is already `en/7.md`");
}

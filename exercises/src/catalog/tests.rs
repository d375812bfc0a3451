use tempfile::TempDir;

use super::*;

const MANIFEST_TEXT: &str = r#"lesson = 22
step = 4
concepts = ["caching"]
languages = ["rust"]
signature = "answer-all: func(queries: list<u32>) -> list<u64>"
target-speedup = 2.0
stars = [2.0, 3.0, 4.0]

[title]
bg = "Заявки"
en = "Queries"

[limits]
memory = "64 MiB"

[inputs]
checked-sizes = [0, 10]
measured-size = 100

[[examples]]
arguments = ["[1]"]

[[examples]]
arguments = ["[]"]

[[hints]]
bg = "Мислете"
en = "Think"
"#;

const PROSE: [&str; 4] = [
    "statement.bg.md",
    "statement.en.md",
    "debrief.bg.md",
    "debrief.en.md",
];

/// A folder with one exercise, `queries`, to be damaged by a test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("there is a place for temporary files"));
        for name in PROSE.into_iter().chain(["generator.rs"]) {
            folder.write(name, name);
        }
        for name in ["starter", "reference", "wrong-order", "slow-loop"] {
            folder.write(&format!("rust/{name}.rs"), name);
        }
        folder.write(MANIFEST, MANIFEST_TEXT);
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("queries")
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().expect("a file has a folder"))
            .expect("the folder can be made");
        fs::write(file, text).expect("the file can be written");
    }

    /// Replaces a part of the manifest.
    fn with(self, part: &str, by: &str) -> Folder {
        assert!(MANIFEST_TEXT.contains(part), "{part}");
        self.write(MANIFEST, &MANIFEST_TEXT.replacen(part, by, 1));
        self
    }

    fn without(self, name: &str) -> Folder {
        fs::remove_file(self.path().join(name)).expect("the file is there");
        self
    }

    /// What is wrong, a line each.
    fn diagnostics(&self) -> String {
        let (exercises, diagnostics) = load_catalog(self.0.path());
        assert!(
            exercises.is_empty() != diagnostics.is_empty(),
            "an exercise is offered or has errors"
        );
        let show = |(file, diagnostic): &(PathBuf, Diagnostic)| {
            assert_eq!(file, &self.path().join(MANIFEST));
            let Diagnostic {
                code,
                line,
                column,
                length,
                message,
                hint,
                ..
            } = diagnostic;
            format!(
                "{line}:{column}+{length} {code}: {message}\n  hint: {}",
                hint.as_deref().unwrap_or("none")
            )
        };
        diagnostics.iter().map(show).collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn a_complete_folder_becomes_an_exercise() {
    let folder = Folder::new();
    let (exercises, diagnostics) = load_catalog(folder.0.path());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let [exercise] = exercises.as_slice() else {
        panic!("there is one exercise: {exercises:?}")
    };
    assert_eq!(
        (exercise.slug.as_str(), exercise.lesson, exercise.step),
        ("queries", 22, 4)
    );
    assert_eq!(exercise.limits.memory_bytes, 64 << 20);
    let programs = &exercise.programs[&Language::Rust];
    assert_eq!(
        (programs.starter.as_str(), programs.reference.as_str()),
        ("starter", "reference")
    );
    assert_eq!(
        (
            programs.wrong["order"].as_str(),
            programs.slow["loop"].as_str()
        ),
        ("wrong-order", "slow-loop")
    );
}

#[test]
fn an_unknown_key_is_reported_where_it_stands() {
    insta::assert_snapshot!(Folder::new().with("step = 4", "step = 4\nstarz = 3").diagnostics(), @r#"
    3:1+5 manifest-unreadable: unknown field `starz`, expected one of `lesson`, `step`, `concepts`, `languages`, `title`, `signature`, `target-speedup`, `stars`, `limits`, `inputs`, `examples`, `hints`, `world`
      hint: see exercises/catalog for examples
    "#);
}

#[test]
fn a_missing_key_and_a_value_of_the_wrong_kind_are_reported() {
    insta::assert_snapshot!(Folder::new().with("step = 4\n", "").diagnostics(), @r#"
    1:1+1 manifest-unreadable: missing field `step`
      hint: see exercises/catalog for examples
    "#);
    insta::assert_snapshot!(Folder::new().with("lesson = 22", "lesson = \"22\"").diagnostics(), @r#"
    1:10+4 manifest-unreadable: invalid type: string "22", expected u32
      hint: see exercises/catalog for examples
    "#);
    insta::assert_snapshot!(Folder::new().with("en = \"Queries\"\n", "").diagnostics(), @r#"
    9:1+7 manifest-unreadable: missing field `en`
      hint: see exercises/catalog for examples
    "#);
    insta::assert_snapshot!(Folder::new().with("[title]", "[title").diagnostics(), @r#"
    9:7+1 manifest-unreadable: unclosed table, expected `]`
      hint: see exercises/catalog for examples
    "#);
}

#[test]
fn a_missing_file_is_named() {
    let folder = Folder::new()
        .without("statement.bg.md")
        .without("rust/reference.rs")
        .without("rust/slow-loop.rs");
    insta::assert_snapshot!(folder.diagnostics(), @r#"
    1:1+1 file-missing: `statement.bg.md` cannot be read: No such file or directory (os error 2)
      hint: add the file
    1:1+1 file-missing: `rust/reference.rs` cannot be read: No such file or directory (os error 2)
      hint: add the file
    1:1+1 attempts-missing: `rust` lacks an attempt that is wrong or one that is too slow
      hint: add `wrong-<what>` and `slow-<what>`, which prove that the exercise tells them apart
    "#);
}

#[test]
fn impossible_values_are_reported_all_at_once() {
    let folder = Folder::new();
    let text = MANIFEST_TEXT
        .replace("step = 4", "step = 0")
        .replace("target-speedup = 2.0", "target-speedup = 1.01")
        .replace("64 MiB", "64 MB")
        .replace("[0, 10]", "[0, 99999999]");
    folder.write(MANIFEST, &text);
    insta::assert_snapshot!(folder.diagnostics(), @r#"
    2:8+1 step-impossible: steps count from 1
      hint: write the number that the step has in the lesson
    6:18+4 target-impossible: no solution can be seen to reach a speed-up of 1.01
      hint: choose a target between 1.06 and 10000; 2.0 is twice as fast
    17:17+13 size-impossible: an input is larger than 10000000
      hint: one call of the starter is meant to take at most two milliseconds
    14:10+7 memory-impossible: `64 MB` is not an amount of memory from 2 MiB to 512 MiB
      hint: write a whole number and KiB, MiB or GiB: `64 MiB`
    "#);
}

#[test]
fn a_type_that_does_not_exist_is_reported_inside_the_signature() {
    insta::assert_snapshot!(Folder::new().with("list<u64>\"", "list<usize>\"").diagnostics(), @r#"
    5:59+1 signature-unreadable: `usize` is not a type; there are bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, string, list<…>, tuple<…> and the records declared before
      hint: write it like `answer-all: func(queries: list<u32>) -> list<u64>`
    "#);
}

#[test]
fn an_example_that_does_not_fit_the_signature_is_reported_inside_its_text() {
    insta::assert_snapshot!(Folder::new().with("[\"[1]\"]", "[\"[1, -1]\"]").diagnostics(), @r#"
    21:19+1 example-unreadable: `-1` is not a value of type `u32`
      hint: the parameter `queries` has the type `list<u32>`
    "#);
    insta::assert_snapshot!(Folder::new().with("[\"[1]\"]", "[\"[1]\", \"[2]\"]").diagnostics(), @r#"
    21:13+14 example-unreadable: an example has 2 arguments, and the function 1 parameters
      hint: write one text for each parameter
    "#);
    insta::assert_snapshot!(Folder::new().with("\n[[examples]]\narguments = [\"[]\"]\n", "").diagnostics(), @r#"
    20:1+12 examples-missing: there are fewer than two visible examples
      hint: add another `[[examples]]`
    "#);
}

#[test]
fn two_exercises_with_one_name_are_told_apart_by_an_error() {
    let folder = Folder::new();
    let copy = folder.0.path().join("more/queries");
    fs::create_dir_all(copy.join("rust")).expect("the folder can be made");
    for name in PROSE.into_iter().chain(["generator.rs", MANIFEST]) {
        fs::copy(folder.path().join(name), copy.join(name)).expect("the file can be copied");
    }
    for name in ["starter", "reference", "wrong-order", "slow-loop"] {
        fs::write(copy.join(format!("rust/{name}.rs")), name).expect("the file can be written");
    }
    let (exercises, diagnostics) = load_catalog(folder.0.path());
    assert_eq!(exercises.len(), 1);
    let codes: Vec<&str> = diagnostics
        .iter()
        .map(|(_, diagnostic)| diagnostic.code)
        .collect();
    assert_eq!(codes, ["slug-repeated"]);
}

#[test]
fn a_folder_that_is_not_there_has_no_exercises() {
    assert_eq!(
        load_catalog(Path::new("/nowhere")),
        (Vec::new(), Vec::new())
    );
}

#[test]
fn prose_may_change_without_another_verdict_and_programs_may_not() {
    let hash = |exercise: &Exercise| exercise.grading_hash(Language::Rust);
    let exercise = load_exercise(&Folder::new().path()).expect("the exercise is right");
    let mut prose = exercise.clone();
    prose.statement.en = "Better words".to_owned();
    assert_eq!(hash(&exercise), hash(&prose));
    let mut slower = exercise.clone();
    slower
        .programs
        .get_mut(&Language::Rust)
        .expect("it is offered in Rust")
        .starter = "slower".to_owned();
    assert_ne!(hash(&exercise), hash(&slower));
}

#[test]
fn a_verdict_is_kept_under_everything_that_it_depends_on() {
    let exercise = load_exercise(&Folder::new().path()).expect("the exercise is right");
    let key =
        |source: &[u8], toolchain| crate::verdict_key(&exercise, Language::Rust, source, toolchain);
    assert_eq!(key(b"a", "1"), key(b"a", "1"));
    assert_ne!(key(b"a", "1"), key(b"b", "1"));
    assert_ne!(key(b"a", "1"), key(b"a", "2"));
}

#[test]
fn stars_that_do_not_rise_from_the_target_are_reported() {
    insta::assert_snapshot!(Folder::new().with("[2.0, 3.0, 4.0]", "[1.5, 3.0, 4.0]").diagnostics(), @r#"
    7:9+15 stars-impossible: the stars' speed-ups 1.5, 3, 4 do not rise from the target 2
      hint: write three speed-ups, each larger than the one before; the first may be the target itself
    "#);
    insta::assert_snapshot!(Folder::new().with("[2.0, 3.0, 4.0]", "[2.0, 4.0, 3.0]").diagnostics(), @r#"
    7:9+15 stars-impossible: the stars' speed-ups 2, 4, 3 do not rise from the target 2
      hint: write three speed-ups, each larger than the one before; the first may be the target itself
    "#);
    insta::assert_snapshot!(Folder::new().with("[2.0, 3.0, 4.0]", "[2.0, 3.0]").diagnostics(), @r#"
    7:9+10 manifest-unreadable: invalid length 2, expected an array of length 3
      hint: see exercises/catalog for examples
    "#);
}

#[test]
fn languages_are_those_that_are_named_and_have_a_folder() {
    insta::assert_snapshot!(Folder::new().with("[\"rust\"]", "[\"rust\", \"cobol\"]").diagnostics(), @r#"
    4:22+7 language-unknown: there is no language `cobol`
      hint: name some of rust, c, assemblyscript, wat
    "#);
    insta::assert_snapshot!(Folder::new().with("[\"rust\"]", "[]").diagnostics(), @r#"
    4:13+2 language-not-offered: there is a folder `rust` that is not offered
      hint: add "rust" to `languages`, or remove the folder
    4:13+2 language-missing: the exercise is offered in no language
      hint: write `languages = ["rust"]`
    "#);
}

#[test]
fn an_exercise_without_a_hint_is_reported() {
    let folder = Folder::new().with("[[hints]]\nbg = \"Мислете\"\nen = \"Think\"\n", "");
    folder.write(
        MANIFEST,
        &MANIFEST_TEXT
            .replace("stars", "hints = []\nstars")
            .replace("[[hints]]\nbg = \"Мислете\"\nen = \"Think\"\n", ""),
    );
    insta::assert_snapshot!(folder.diagnostics(), @r#"
    7:9+2 hints-missing: there is no hint for those who are stuck
      hint: add `[[hints]]` with `bg` and `en`, from a nudge to the idea itself
    "#);
}

#[test]
fn a_new_exercise_says_what_is_open_and_is_right_once_that_is_written() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let write = |fill: &dyn Fn(&str) -> String| {
        for (name, text) in crate::skeleton::files() {
            let file = folder.path().join("queries").join(name);
            fs::create_dir_all(file.parent().expect("a file has a folder"))
                .expect("the folder can be made");
            fs::write(file, fill(text)).expect("the file can be written");
        }
    };
    write(&str::to_owned);
    let (_, open) = load_catalog(folder.path());
    let codes: Vec<&str> = open.iter().map(|(_, diagnostic)| diagnostic.code).collect();
    assert_eq!(codes, ["not-filled-in"; 5], "{open:#?}");

    write(&|text| text.replace(['‹', '›'], ""));
    let (exercises, left) = load_catalog(folder.path());
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(exercises.len(), 1);
}

#[test]
fn what_a_language_cannot_express_is_told_where_it_stands() {
    let folder = Folder::new();
    for language in [Language::AssemblyScript, Language::Wat] {
        for name in ["starter", "reference", "wrong-order", "slow-loop"] {
            let file = format!("{}/{name}.{}", language.name(), language.extension());
            folder.write(&file, name);
        }
    }
    let offered = |parameters: &str, arguments: [&str; 2]| {
        let manifest = MANIFEST_TEXT
            .replace("[\"rust\"]", "[\"rust\", \"assemblyscript\", \"wat\"]")
            .replace("queries: list<u32>", parameters)
            .replace("[\"[1]\"]", arguments[0])
            .replace("[\"[]\"]", arguments[1]);
        folder.write(MANIFEST, &manifest);
        folder.diagnostics()
    };
    insta::assert_snapshot!(
        offered("queries: list<tuple<u32, bool>>", ["[\"[(1, true)]\"]", "[\"[]\"]"]),
        @r#"
    5:45+16 type-inexpressible: AssemblyScript cannot express `tuple<u32, bool>`: it has no tuples; a record can take the place of one
      hint: use another type, or take the folder `assemblyscript` away
    "#
    );
    insta::assert_snapshot!(offered("type: u32", ["[\"1\"]", "[\"2\"]"]), @r#"
    5:31+4 type-inexpressible: `type` is a word of Rust itself and cannot name anything there
      hint: choose another name, or take the folder `rust` away
    5:31+4 type-inexpressible: `type` is a word of AssemblyScript itself and cannot name anything there
      hint: choose another name, or take the folder `assemblyscript` away
    "#);
}

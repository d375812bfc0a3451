use super::*;

/// A failure of every kind that says everything itself: what the learner's own program or compiler would have said is
/// left empty or written in Bulgarian.
fn failures() -> Vec<Failure> {
    let parts = [
        Part::Source,
        Part::Module,
        Part::Functions,
        Part::FunctionBody { number: 3 },
        Part::Locals { number: 3 },
        Part::Memory,
        Part::Table,
        Part::Exports,
        Part::Data,
        Part::DataSegments,
        Part::Types,
        Part::Globals,
    ];
    let compiler_limits = [
        CompilerLimit::ProcessorTime { limit_seconds: 4 },
        CompilerLimit::Memory {
            limit_bytes: 2 << 30,
        },
        CompilerLimit::Crash,
        CompilerLimit::Silence,
        CompilerLimit::TranslationTime {
            limit_milliseconds: 2_500,
        },
        CompilerLimit::TranslationMemory {
            limit_bytes: 1 << 30,
        },
        CompilerLimit::Translation,
    ];
    let time_limits = [
        TimeLimit::WorkFactor {
            factor: 20,
            fuel: 3_000_000_000,
        },
        TimeLimit::Work {
            fuel: 1_000_000_000,
        },
        TimeLimit::Start { fuel: 100_000 },
        TimeLimit::AllCalls {
            milliseconds: 3_000,
        },
        TimeLimit::Batch {
            milliseconds: 1_000,
        },
    ];
    let causes = [
        TrapCause::Panic {
            message: String::new(),
            cut: false,
        },
        TrapCause::Panic {
            message: "няма отговор".to_owned(),
            cut: true,
        },
        TrapCause::Abort,
        TrapCause::StackOverflow {
            limit_bytes: 1 << 20,
        },
        TrapCause::MemoryOutOfBounds {
            access: Some((65_536, 65_536)),
        },
        TrapCause::DivisionByZero,
        TrapCause::IntegerOverflow,
        TrapCause::BadConversion,
        TrapCause::UndefinedFunction,
        TrapCause::WrongFunctionType,
        TrapCause::TableOutOfBounds,
        TrapCause::NoRoomForArguments,
        TrapCause::ResultOutside {
            pointer: 8,
            bytes: 16,
            memory_bytes: 4,
        },
        TrapCause::ResultMisaligned { pointer: 3 },
        TrapCause::ResultNotUtf8,
    ];
    let parts = parts.map(|what| Failure::TooLarge {
        what,
        found: 2,
        limit: 1,
    });
    let compilers = compiler_limits.map(|reason| Failure::CompilerLimit { reason });
    let times = time_limits.map(|limit| Failure::TimeLimit { limit });
    let traps = causes.map(|cause| Failure::Trap {
        cause,
        place: Some((2, 5)),
        frames: Vec::new(),
    });
    let others = [
        Failure::NotUtf8 { valid_bytes: 3 },
        Failure::Nul { line: 2 },
        Failure::StartSection,
        Failure::Damaged {
            valid_bytes: 8,
            detail: "unexpected end".to_owned(),
        },
        Failure::Compiler {
            text: String::new(),
            cut: true,
            places: Vec::new(),
        },
        Failure::MemoryLimit {
            asked_bytes: 70 << 20,
            limit_bytes: 64 << 20,
        },
        Failure::OutputLimit {
            found_bytes: 9 << 20,
            limit_bytes: 8 << 20,
        },
        Failure::WrongExample {
            input: "[7]".to_owned(),
            expected: "8".to_owned(),
            got: "9".to_owned(),
        },
        Failure::WrongHidden {
            size: 40,
            place: "[2].1".to_owned(),
        },
        Failure::WrongHidden {
            size: 40,
            place: String::new(),
        },
    ];
    let all = [
        parts.to_vec(),
        compilers.to_vec(),
        times.to_vec(),
        traps.to_vec(),
        others.to_vec(),
    ];
    all.concat()
}

#[test]
fn no_sentence_has_an_english_word_in_it() {
    // What is written alike everywhere: names of formats and units, and code between backquotes.
    let international = ["UTF", "MiB", "KiB", "WebAssembly"];
    for failure in failures() {
        let sentence = sentence(&failure);
        let prose: String = sentence.split('`').step_by(2).collect();
        let latin = prose
            .split(|character: char| !character.is_ascii_alphabetic())
            .find(|word| !word.is_empty() && !international.contains(word));
        assert_eq!(latin, None, "{failure:?}: {sentence}");
    }
}

#[test]
fn a_limit_says_what_was_asked_what_is_allowed_and_what_to_do() {
    insta::assert_snapshot!(sentence(&Failure::MemoryLimit { asked_bytes: 70 << 20, limit_bytes: 64 << 20 }), @"Програмата поиска общо 70,0 MiB памет, а са позволени 64,0 MiB. Дръжте по-малко наведнъж.");
    insta::assert_snapshot!(sentence(&Failure::CompilerLimit { reason: CompilerLimit::TranslationTime { limit_milliseconds: 2_500 } }), @"Преводът на програмата до машинен код отне повече от позволените 2,5 секунди. Намалете функциите ѝ.");
    insta::assert_snapshot!(sentence(&Failure::TooLarge { what: Part::Source, found: 70_000, limit: 65_536 }), @"Твърде голямо: кодът има 70000 байта, а са позволени 65536. Намалете го.");
}

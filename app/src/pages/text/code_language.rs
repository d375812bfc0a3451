//! Words about the languages that an exercise can be solved in.

use crate::text::Language;

/// The words in one language.
pub(in crate::pages) struct CodeLanguageText {
    /// What the choice between languages is called.
    pub(in crate::pages) choice: &'static str,
    /// What stands behind a language that is not installed here.
    pub(in crate::pages) not_installed: &'static str,
    /// The heading of the compiler with its flags.
    pub(in crate::pages) compiler: &'static str,
    /// What a run of the compiler may use: processor time in seconds, and memory as it is written.
    pub(in crate::pages) compiler_limits: fn(u64, &str) -> String,
    /// The heading of what has to be known besides the function.
    pub(in crate::pages) surroundings: &'static str,
    /// How memory is shared, by the name of the language; nothing where the language sees to it itself.
    pub(in crate::pages) memory: fn(&str) -> Option<&'static str>,
}

impl CodeLanguageText {
    /// The words in this language.
    pub(in crate::pages) fn of(language: Language) -> &'static CodeLanguageText {
        match language {
            Language::Bulgarian => &BULGARIAN,
            Language::English => &ENGLISH,
        }
    }
}

const BULGARIAN: CodeLanguageText = CodeLanguageText {
    choice: "Език за програмиране",
    not_installed: "не е инсталиран тук",
    compiler: "Компилатор",
    compiler_limits: |seconds, memory| format!("най-много {seconds} s процесорно време и {memory}"),
    surroundings: "Какво има около функцията",
    memory: |code_language| match code_language {
        "c" => Some(
            "Аргументите може да се променят и да станат част от отговора, но не се освобождават с `free`. Паметта, към която \
             сочи отговорът, остава ваша грижа само до връщането му. От стандартната библиотека работи всичко, за което не е \
             нужна операционна система: `stdlib.h`, `string.h`, `math.h`, `assert.h`; `printf` и файлове няма.",
        ),
        "wat" => Some(
            "Решението е цял модул. Той изнася паметта си и функцията с този тип. Всичко под началния размер на паметта е \
             ваше; аргументите и това, което дава `allocate`, стоят над него. Новата памет е от нули и не се освобождава. \
             Списък или текст е адрес и брой; по-сложен отговор се връща с адреса, на който лежи. След `+` стои отместването \
             в байтове, в квадратни скоби – размерът.",
        ),
        _ => None,
    },
};

const ENGLISH: CodeLanguageText = CodeLanguageText {
    choice: "Programming language",
    not_installed: "not installed here",
    compiler: "Compiler",
    compiler_limits: |seconds, memory| {
        format!("at most {seconds} s of processor time and {memory}")
    },
    surroundings: "What is around the function",
    memory: |code_language| match code_language {
        "c" => Some(
            "You may change the arguments and make them part of the answer, but not `free` them. The memory that the answer \
             points to is your concern until you return it, and no longer. Of the standard library all works that needs no \
             operating system: `stdlib.h`, `string.h`, `math.h`, `assert.h`; there is no `printf` and no file.",
        ),
        "wat" => Some(
            "A solution is a whole module. It exports its memory, and the function with this type. All below the size that \
             the memory starts with is yours; arguments, and what `allocate` gives, lie above it. New memory is all zeros \
             and never freed. A list or a text is an address and a length; an answer with several parts is returned as the \
             address where it lies. Behind `+` stand offsets in bytes, in square brackets sizes.",
        ),
        _ => None,
    },
};

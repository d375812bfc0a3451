//! Failures as Bulgarian sentences.

use exercises::Failure;
use exercises::failure::{CompilerLimit, Part, TimeLimit, TrapCause, Unit};

#[cfg(test)]
mod tests;
mod world;

pub(super) fn sentence(failure: &Failure) -> String {
    match failure {
        Failure::NotUtf8 { valid_bytes } => {
            format!("Кодът не е в UTF-8: байт {} не може да се прочете. Запишете файла като UTF-8.", valid_bytes + 1)
        }
        Failure::Nul { line } => format!("На ред {line} има нулев знак. Премахнете го."),
        Failure::TooLarge { what, found, limit } => {
            let unit = match what.unit() {
                Unit::Bytes => " байта",
                Unit::Elements => "",
            };
            format!("Твърде голямо: {} {found}{unit}, а са позволени {limit}. Намалете го.", part(*what))
        }
        Failure::NoEntry { declaration } => {
            format!("Липсва функцията на упражнението. Напишете `{declaration}`.")
        }
        Failure::PrivateEntry { declaration } => {
            format!("Функцията на упражнението не е видима отвън. Поставете `pub` пред нея: `{declaration}`.")
        }
        Failure::WrongSignature { declaration } => {
            format!("Функцията на упражнението има други параметри или друг резултат. Напишете `{declaration}`.")
        }
        Failure::Allocator => {
            "Програмата носи свой разпределител на памет, който би работил извън часовника. Премахнете \
             `#[global_allocator]`."
                .to_owned()
        }
        Failure::Import { module, name } => format!(
            "Програмата иска `{module}.{name}`, а отвън не ѝ е достъпно нищо. Премахнете външната функция."
        ),
        Failure::StartSection => {
            "Програмата иска да работи, преди да е извикана. Свършете всичко във функцията на упражнението.".to_owned()
        }
        Failure::Feature { names } => format!(
            "Компилираната програма използва нещо, което в средата е изключено: {}. Минете без него.",
            names.join(", ")
        ),
        Failure::NoExport { name } => format!(
            "Компилираната програма не изнася `{name}` така, както средата го вика. Оставете частта на упражнението \
             непроменена."
        ),
        Failure::Damaged { valid_bytes, .. } => {
            format!("Компилираната програма не е WebAssembly от байт {valid_bytes} нататък.")
        }
        Failure::Compiler { text, cut: false, .. } => text.clone(),
        Failure::Compiler { text, cut: true, .. } => {
            format!("{text}\n… (останалото е пропуснато; поправете първо тези грешки)")
        }
        Failure::CompilerLimit { reason } => compiler_limit(*reason),
        Failure::Trap { cause, place, frames } => {
            let stopped = match place {
                Some((line, column)) => format!("Програмата спря на ред {line}, колона {column}"),
                None => "Програмата спря".to_owned(),
            };
            let within = match frames.as_slice() {
                [] => String::new(),
                frames => format!("\nвъв: {}", frames.join(" ← ")),
            };
            let advice = if cause.is_of_platform() {
                ". В пясъчника има една нишка и няма часовник, файлове и мрежа: пресметнете отговора без тях"
            } else {
                ""
            };
            format!("{stopped}: {}{advice}{within}", trap_cause(cause))
        }
        Failure::TimeLimit { limit } => format!(
            "Програмата работи твърде дълго: {}. Потърсете безкраен цикъл или повторена работа.",
            time_limit(*limit)
        ),
        Failure::MemoryLimit { asked_bytes, limit_bytes } => format!(
            "Програмата поиска общо {} MiB памет, а са позволени {} MiB. Дръжте по-малко наведнъж.",
            mebibytes(*asked_bytes),
            mebibytes(*limit_bytes)
        ),
        Failure::OutputLimit { found_bytes, limit_bytes } => format!(
            "Отговорът има {} MiB или повече, а са позволени {} MiB. Върнете това, което се иска.",
            mebibytes(*found_bytes),
            mebibytes(*limit_bytes)
        ),
        Failure::WrongExample { input, expected, got } => {
            format!("Отговорът на един от примерите е грешен.\nвход: {input}\nочаквано: {expected}\nполучено: {got}")
        }
        Failure::World { broken } => world::sentence(broken),
        Failure::WrongHidden { size, place } if place.is_empty() => {
            format!("Отговорът е грешен за скрит вход с размер {size}.")
        }
        Failure::WrongHidden { size, place } => {
            format!("Отговорът е грешен за скрит вход с размер {size}: първата разлика е на {place}.")
        }
    }
}

/// A part, up to its size.
fn part(part: Part) -> String {
    match part {
        Part::Source => "кодът има".to_owned(),
        Part::Module => "компилираната програма има".to_owned(),
        Part::Functions => "броят на функциите в компилираната програма е".to_owned(),
        Part::FunctionBody { number } => format!("функция {number} на компилираната програма има"),
        Part::Locals { number } => {
            format!(
                "броят на локалните променливи във функция {number} на компилираната програма е"
            )
        }
        Part::Memory => "паметта, с която програмата започва, има".to_owned(),
        Part::Table => "броят на местата в таблицата с функции на програмата е".to_owned(),
        Part::Exports => "броят на имената, които компилираната програма изнася, е".to_owned(),
        Part::Data => "постоянните данни на програмата имат".to_owned(),
        Part::DataSegments => "броят на частите на постоянните данни е".to_owned(),
        Part::Types => "броят на видовете функции в компилираната програма е".to_owned(),
        Part::Globals => "броят на глобалните променливи в компилираната програма е".to_owned(),
    }
}

fn compiler_limit(limit: CompilerLimit) -> String {
    match limit {
        CompilerLimit::ProcessorTime { limit_seconds } => format!(
            "Компилаторът беше спрян: използва повече от позволените {limit_seconds} секунди процесорно време. \
             Направете програмата по-проста за компилиране."
        ),
        CompilerLimit::Memory { limit_bytes } => format!(
            "Компилаторът беше спрян: поиска повече от позволените {} MiB памет. Направете програмата по-проста за \
             компилиране.",
            limit_bytes >> 20
        ),
        CompilerLimit::Crash => {
            "Компилаторът се срина (сигнал 11), както става при твърде дълбоко влагане. Влагайте по-малко.".to_owned()
        }
        CompilerLimit::Silence => {
            "Компилаторът се отказа, без да посочи грешка. Направете програмата по-проста за компилиране.".to_owned()
        }
        CompilerLimit::TranslationTime { limit_milliseconds } => format!(
            "Преводът на програмата до машинен код отне повече от позволените {} секунди. Намалете функциите ѝ.",
            seconds(limit_milliseconds)
        ),
        CompilerLimit::TranslationMemory { limit_bytes } => format!(
            "Преводът на програмата до машинен код отне повече от позволените {} MiB памет. Намалете функциите ѝ.",
            limit_bytes >> 20
        ),
        CompilerLimit::Translation => {
            "Една от функциите на програмата е твърде голяма, за да се преведе до машинен код. Намалете я.".to_owned()
        }
    }
}

fn time_limit(limit: TimeLimit) -> String {
    match limit {
        TimeLimit::WorkFactor { factor, fuel } => format!(
            "едно извикване свърши повече от {factor} пъти работата на началния код, а това са около {} милиона инструкции",
            fuel / 1_000_000
        ),
        TimeLimit::Work { fuel } => {
            format!(
                "едно извикване изпълни повече от позволените около {} милиона инструкции",
                fuel / 1_000_000
            )
        }
        TimeLimit::Start { fuel } => format!(
            "преди първото извикване изпълни повече от позволените там около {} хиляди инструкции; свършете работата при \
             извикването на функцията",
            fuel / 1_000
        ),
        TimeLimit::AllCalls { milliseconds } => {
            format!(
                "всички извиквания заедно отнеха повече от позволените {} секунди",
                seconds(milliseconds)
            )
        }
        TimeLimit::Batch { milliseconds } => {
            format!(
                "извикванията на една проба отнеха повече от позволените {} секунди",
                seconds(milliseconds)
            )
        }
    }
}

fn trap_cause(cause: &TrapCause) -> String {
    match cause {
        TrapCause::Panic { message, .. } if message.is_empty() => "паника без съобщение".to_owned(),
        TrapCause::Panic {
            message,
            cut: false,
        } => message.clone(),
        TrapCause::Panic { message, cut: true } => format!("{message}…"),
        TrapCause::Abort => {
            "отказа се без съобщение (`abort` или инструкция `unreachable`)".to_owned()
        }
        TrapCause::StackOverflow { limit_bytes } => format!(
            "рекурсията е твърде дълбока: стекът побира {} KiB. Намалете дълбочината или използвайте цикъл.",
            limit_bytes >> 10
        ),
        TrapCause::MemoryOutOfBounds { access } => {
            let access = match access {
                Some((address, size)) => format!(": адрес {address}, а паметта има {size} байта"),
                None => String::new(),
            };
            format!(
                "посегна извън паметта си{access}. Така прави грешен `unsafe` код, а също и твърде дълбока рекурсия."
            )
        }
        TrapCause::DivisionByZero => "цяло число беше разделено на нула".to_owned(),
        TrapCause::IntegerOverflow => "резултатът от деление не се побира в типа си".to_owned(),
        TrapCause::BadConversion => {
            "дробно число, което е твърде голямо или не е число, беше превърнато в цяло".to_owned()
        }
        TrapCause::UndefinedFunction => {
            "извика функция чрез указател, който не сочи към никоя".to_owned()
        }
        TrapCause::WrongFunctionType => {
            "извика функция чрез указател от друг тип: с други параметри или с друг резултат"
                .to_owned()
        }
        TrapCause::TableOutOfBounds => "посегна отвъд края на таблицата си с функции".to_owned(),
        TrapCause::NoRoomForArguments => {
            "мястото, което даде за аргументите, не е в паметта ѝ".to_owned()
        }
        TrapCause::ResultOutside {
            pointer,
            bytes,
            memory_bytes,
        } => format!(
            "резултатът е извън паметта ѝ: {bytes} байта на адрес {pointer}, а паметта има {memory_bytes} байта"
        ),
        TrapCause::ResultMisaligned { pointer } => {
            format!("адресът {pointer} на резултата не е подравнен")
        }
        TrapCause::ResultNotUtf8 => "в резултата има текст, който не е в UTF-8".to_owned(),
        TrapCause::Other { detail } => detail.clone(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a memory size is far below 2^52"
)]
fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / f64::from(1 << 20)).replace('.', ",")
}

/// Seconds with one decimal place where they are not whole.
fn seconds(milliseconds: u64) -> String {
    match (milliseconds / 1_000, milliseconds % 1_000 / 100) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole},{tenth}"),
    }
}

//! Why a learner's program has no time to compare, in the learner's language.

use app::text::Language;
use exercises::Failure;

/// One sentence or two: what was found, what is allowed, what to do. A compiler's own words stay as they are.
pub fn sentence(failure: &Failure, language: Language) -> String {
    match language {
        Language::English => failure.message(),
        Language::Bulgarian => bulgarian(failure),
    }
}

fn bulgarian(failure: &Failure) -> String {
    match failure {
        Failure::NotUtf8 { valid_bytes } => {
            format!("Кодът не е в UTF-8: байт {} не може да се прочете. Запишете файла като UTF-8.", valid_bytes + 1)
        }
        Failure::Nul { line } => format!("На ред {line} има нулев знак. Премахнете го."),
        Failure::TooLarge { what, unit, found, limit } => {
            format!("Твърде голямо ({what}): {found} {unit}, а са позволени {limit}. Намалете го.")
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
        Failure::Feature { detail } => {
            format!("Компилираната програма не е WebAssembly, който средата изпълнява: {detail}.")
        }
        Failure::Compiler { text, .. } => text.clone(),
        Failure::CompilerLimit { reason } => {
            format!("Компилаторът беше спрян ({reason}). Направете програмата по-проста за компилиране.")
        }
        Failure::Trap { message, place: Some((line, column)) } => {
            format!("Програмата спря на ред {line}, колона {column}: {message}")
        }
        Failure::Trap { message, place: None } => format!("Програмата спря: {message}"),
        Failure::TimeLimit { limit } => {
            format!("Програмата работи твърде дълго ({limit}). Потърсете безкраен цикъл или повторена работа.")
        }
        Failure::MemoryLimit { asked_bytes, limit_bytes } => format!(
            "Програмата поиска общо {} MiB памет, а са позволени {} MiB. Дръжте по-малко наведнъж.",
            mebibytes(*asked_bytes),
            mebibytes(*limit_bytes)
        ),
        Failure::OutputLimit { limit_bytes } => {
            format!("Отговорът е по-дълъг от {} MiB. Върнете това, което се иска.", mebibytes(*limit_bytes))
        }
        Failure::WrongExample { input, expected, got } => {
            format!("Отговорът на един от примерите е грешен.\nвход: {input}\nочаквано: {expected}\nполучено: {got}")
        }
        Failure::WrongHidden { size, place } if place.is_empty() => {
            format!("Отговорът е грешен за скрит вход с размер {size}.")
        }
        Failure::WrongHidden { size, place } => {
            format!("Отговорът е грешен за скрит вход с размер {size}: първата разлика е на {place}.")
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a memory size is far below 2^52"
)]
fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / f64::from(1 << 20)).replace('.', ",")
}

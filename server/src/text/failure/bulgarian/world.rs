//! Broken rules of a simulated world.

use exercises::world::{Broken, Rule};

/// Which rule was broken, where, and what to do.
pub(super) fn sentence(broken: &Broken) -> String {
    let world = if broken.visible {
        "Във видимия свят"
    } else {
        "В скрит свят"
    };
    let request = match (broken.request, broken.keys.as_slice()) {
        (None, _) => String::new(),
        (Some(number), []) => format!(", при заявка {number}"),
        (Some(number), keys) => format!(", при заявка {number} за {keys:?}"),
    };
    let at_ms = format!("{:.3}", broken.at_ns as f64 / 1e6).replace('.', ",");
    format!(
        "{world}{request}, {at_ms} ms след началото му: {}",
        rule(broken)
    )
}

/// The values of hidden worlds are not told.
fn rule(broken: &Broken) -> String {
    let told = |key: u64, expected: u64, got: u64| {
        if broken.visible {
            format!("ключ {key} има стойност {expected}, а в отговора е {got}")
        } else {
            format!("стойността за ключ {key}")
        }
    };
    match &broken.rule {
        Rule::LostReply { lost, requests } => {
            format!("без отговор останаха {lost} от {requests} заявки, а тази е първата. Отговаряйте на всяка, и когато извикване се провали.")
        }
        Rule::RepliedTwice => {
            "на заявката вече е отговорено. Отговаряйте веднъж.".to_owned()
        }
        Rule::NoSuchRequest { number } => {
            format!("отговор на заявка {number}, която не е дошла. Отговаряйте на заявките, които `Event::Arrived` е донесло.")
        }
        Rule::MayNotRefuse => {
            "заявката беше отказана. Тук всяка заявка трябва да получи отговор.".to_owned()
        }
        Rule::ReplyLength { expected, got } => {
            format!("ключовете са {expected}, а стойностите в отговора – {got}. Дайте по една стойност за всеки ключ, в реда на ключовете.")
        }
        Rule::WrongValue { key, expected, got } => {
            format!("отговорът е грешен: {}. Отговаряйте със стойностите, които извикванията са върнали.", told(*key, *expected, *got))
        }
        Rule::Stale { key, expected, got, behind_ns } => {
            let behind_ms = format!("{:.3}", *behind_ns as f64 / 1e6).replace('.', ",");
            format!(
                "отговорът е остарял: {}; потвърден запис я е заменил {behind_ms} ms преди заявката да дойде. \
                 Забравяйте онова, което записът променя, преди да го потвърдите.",
                told(*key, *expected, *got)
            )
        }
        Rule::NotWritten { key } => {
            format!("записът на ключ {key} беше потвърден, преди да е направен. Отговаряйте, когато записът е завършил.")
        }
        Rule::TooManyKeys { component, found, limit } => {
            format!("извикване на `{component}` има {found} ключа, а може да има най-много {limit}. Направете няколко извиквания.")
        }
        Rule::TooManyConnections { component, number, limit } => {
            format!("извикване на `{component}` по връзка {number}, а връзките може да са най-много {limit} и се броят от 0. Пазете по-малко.")
        }
        Rule::TooManyCallsUnderway { limit } => {
            format!("повече от {limit} извиквания са на път. Изчакайте някои, преди да направите други.")
        }
        Rule::TooManyCalls { limit } => {
            format!("направени са повече от {limit} извиквания. Направете по-малко.")
        }
        Rule::NoSuchThing => {
            "извикване, което светът не познава: запис в кеш, пълнене на база или извикване, което никога не е правено. \
             На страницата на упражнението пише какво може да се вика."
                .to_owned()
        }
    }
}

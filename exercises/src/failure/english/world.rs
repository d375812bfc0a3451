//! Broken rules of a simulated world.

use crate::world::{Broken, Rule};

/// Which rule was broken, where, and what to do.
pub(super) fn sentence(broken: &Broken) -> String {
    let world = if broken.visible {
        "In the visible world"
    } else {
        "In a hidden world"
    };
    let request = match (broken.request, broken.keys.as_slice()) {
        (None, _) => String::new(),
        (Some(number), []) => format!(", at request {number}"),
        (Some(number), keys) => format!(", at request {number} for {keys:?}"),
    };
    let at_ms = broken.at_ns as f64 / 1e6;
    format!(
        "{world}{request}, {at_ms:.3} ms after its beginning: {}",
        rule(broken)
    )
}

/// The values of hidden worlds are not told.
fn rule(broken: &Broken) -> String {
    let told = |key: u64, expected: u64, got: u64| {
        if broken.visible {
            format!("key {key} has the value {expected}, and the reply had {got}")
        } else {
            format!("the value for key {key}")
        }
    };
    match &broken.rule {
        Rule::LostReply { lost, requests } => {
            format!("{lost} of {requests} requests never got a reply; this is the first. Reply to every request, also when a call fails.")
        }
        Rule::RepliedTwice => "the request was answered before. Reply once.".to_owned(),
        Rule::NoSuchRequest { number } => {
            format!("a reply to request {number}, which has not come. Reply to requests that `Event::Arrived` brought.")
        }
        Rule::MayNotRefuse => "the request was refused. This exercise wants every request answered.".to_owned(),
        Rule::ReplyLength { expected, got } => {
            format!("the reply has {got} values for {expected} keys. Give one value for each key, in their order.")
        }
        Rule::WrongValue { key, expected, got } => {
            format!("the reply is wrong: {}. Reply with the values that calls gave.", told(*key, *expected, *got))
        }
        Rule::Stale { key, expected, got, behind_ns } => format!(
            "the reply is stale: {}, which a confirmed write had replaced {:.3} ms before the request came. Forget what \
             a write changes before you confirm it.",
            told(*key, *expected, *got),
            *behind_ns as f64 / 1e6
        ),
        Rule::NotWritten { key } => {
            format!("a write of key {key} was confirmed before it was written. Reply when the write has finished.")
        }
        Rule::TooManyKeys { component, found, limit } => {
            format!("a call of `{component}` has {found} keys, and {limit} are allowed. Make several calls.")
        }
        Rule::TooManyConnections { component, number, limit } => format!(
            "a call of `{component}` over connection {number}, and it allows {limit}, which count from 0. Keep fewer."
        ),
        Rule::TooManyCallsUnderway { limit } => {
            format!("more than {limit} calls are underway. Wait for some before you make others.")
        }
        Rule::TooManyCalls { limit } => format!("more than {limit} calls were made. Make fewer."),
        Rule::NoSuchThing => {
            "a call that the world does not know: writing to a cache, putting into a database, or a call that was never \
             made. See what you can call on the exercise's page."
                .to_owned()
        }
    }
}

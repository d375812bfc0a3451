//! The module `world` that a program uses: written for each exercise, with the names of its components and settings, and
//! compiled beside the program. What it does is shown to learners as [`shown`] has it.

use std::fmt::Write as _;

use crate::signature::Signature;
use crate::world::description::{Style, World};

const COMMON: &str = include_str!("prelude/common.rs");
const CALL: &str = include_str!("prelude/call.rs");
const EVENT: &str = include_str!("prelude/event.rs");

/// The name of the module.
pub const NAME: &str = "world";

/// How the host calls the function of an event-style program: kind, number and values of an event. The glue makes typed
/// events of them.
pub const EVENT_SIGNATURE: &str =
    "on-event: func(kind: u32, number: u64, values: list<u64>) -> bool";

/// How a learner declares the function of an event-style program.
pub const EVENT_DECLARATION: &str = "pub fn on_event(service: &mut Service, event: Event)";

/// The signature of event-style programs.
pub fn event_signature() -> Signature {
    EVENT_SIGNATURE
        .parse()
        .expect("the text is constant, and a test reads it")
}

/// The module's source.
pub fn source(world: &World) -> String {
    let style = match world.style {
        Style::Call => CALL,
        Style::Event => EVENT,
    };
    let mut source = format!("{COMMON}{style}");
    for (place, component) in world.components.iter().enumerate() {
        let name = constant(&component.name);
        let title = &component.title.en;
        _ = write!(
            source,
            "\n/// {title}.\npub const {name}: Component = Component({place});\n"
        );
    }
    for (place, of) in world.settings.iter().enumerate() {
        let (name, title) = (function(&of.name), &of.title.en);
        _ = write!(
            source,
            "\n/// {title}.\npub fn {name}() -> u64 {{\n    setting({place})\n}}\n"
        );
    }
    source
}

/// What follows the support of an event-style program's glue: typed events for the learner's function.
pub fn event_glue() -> String {
    "\ntype Arguments = (u32, u64, Vec<u64>,);\n\
     struct Nothing;\nimpl Stored for Nothing {\n    const SIZE: usize = 0;\n    const ALIGNMENT: usize = 1;\n    \
     unsafe fn load(_: *const u8) -> Self {\n        Nothing\n    }\n    \
     unsafe fn store(self, _: *mut u8) {}\n}\n\
     // It takes no memory, of which nobody would give any back.\ntype Answer = Nothing;\n\
     const ENTRY: fn(&mut solution::Service, world::Event) = solution::on_event;\n\
     thread_local! {\n    static SERVICE: std::cell::RefCell<solution::Service> = std::cell::RefCell::default();\n}\n\
     fn answer((kind, number, values): Arguments) -> Answer {\n    \
     let event = world::event(kind, number, values);\n    \
     SERVICE.with_borrow_mut(|service| ENTRY(service, event));\n    Nothing\n}\n"
        .to_owned()
}

/// What a program can call, as its page shows it: declarations with what they do.
pub fn shown(world: &World) -> String {
    let mut shown = String::from("use world::*;\n");
    for component in &world.components {
        _ = write!(
            shown,
            "\nconst {}: Component;  // {}",
            constant(&component.name),
            component.title.en
        );
    }
    for of in &world.settings {
        _ = write!(
            shown,
            "\nfn {}() -> u64;  // {}",
            function(&of.name),
            of.title.en
        );
    }
    shown.push_str("\n\n");
    shown.push_str(match world.style {
        Style::Call => SHOWN_CALL,
        Style::Event => SHOWN_EVENT,
    });
    shown
}

const SHOWN_CALL: &str = "\
fn call(order: Order) -> Result<Vec<u64>, CallError>;       // make a call and wait for it
fn start_call(order: Order) -> Call;                        // make a call and go on
fn wait(call: Call) -> Result<Vec<u64>, CallError>;         // others go on meanwhile
fn wait_any(calls: &[Call], timeout_ns: u64) -> Option<usize>;
fn cancel(call: Call);
fn now_ns() -> u64;

COMPONENT.read(&keys)      // an Order: one value for each key
COMPONENT.write(&keys)     // gives the keys new values
CACHE.put(key, value)      // reading what it does not hold gives ABSENT
order.over(connection)     // a connection that stays open: 0, 1, 2, …
order.within(timeout_ns)
enum CallError { Refused, Broken, TimedOut, Cancelled }
";

const SHOWN_EVENT: &str = "\
#[derive(Default)] pub struct Service { … }                  // yours
pub fn on_event(service: &mut Service, event: Event)         // yours

enum Event { Arrived(Request), Finished { call: Call, values: Vec<u64> },
             Failed { call: Call, error: CallError }, Timer { token: u64 } }
struct Request { id: RequestId, is_write: bool, keys: Vec<u64> }
enum CallError { Refused, Broken, TimedOut, Cancelled }

fn start_call(order: Order) -> Call;                         // ends with Finished or Failed
fn cancel(call: Call);
fn reply(request: RequestId, values: &[u64]);                // a value for each key; to a write: none
fn refuse(request: RequestId);
fn set_timer(delay_ns: u64, token: u64);
fn now_ns() -> u64;

COMPONENT.read(&keys)      // an Order: one value for each key
COMPONENT.write(&keys)     // gives the keys new values
CACHE.put(key, value)      // reading what it does not hold gives ABSENT
order.over(connection)     // a connection that stays open: 0, 1, 2, …
order.within(timeout_ns)
";

/// A kebab-case name as a constant's.
fn constant(name: &str) -> String {
    function(name).to_uppercase()
}

/// A kebab-case name as a function's.
fn function(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_of_events_can_be_read() {
        assert_eq!(event_signature().to_string(), EVENT_SIGNATURE);
    }
}

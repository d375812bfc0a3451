use std::collections::HashMap;

use world::*;

/// A connection of its own for everybody, kept for ever.
#[derive(Default)]
pub struct Service {
    waiting: HashMap<Call, RequestId>,
    next: u32,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let call = start_call(DATABASE.read(&request.keys).over(service.next));
            service.next += 1;
            service.waiting.insert(call, request.id);
        }
        Event::Finished { call, values } => {
            if let Some(request) = service.waiting.remove(&call) {
                reply(request, &values);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
}

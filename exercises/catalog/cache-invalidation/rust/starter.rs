use std::collections::HashMap;

use world::*;

/// Passes every request on to the database.
#[derive(Default)]
pub struct Service {
    waiting: HashMap<Call, Request>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let call = start_call(if request.is_write {
                DATABASE.write(&request.keys)
            } else {
                DATABASE.read(&request.keys)
            });
            service.waiting.insert(call, request);
        }
        Event::Finished { call, values } => {
            if let Some(request) = service.waiting.remove(&call) {
                reply(request.id, &values);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
}

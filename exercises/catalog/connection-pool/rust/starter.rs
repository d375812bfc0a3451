use std::collections::HashMap;

use world::*;

/// Opens a connection for every request, and closes it afterwards.
#[derive(Default)]
pub struct Service {
    waiting: HashMap<Call, RequestId>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let call = start_call(DATABASE.read(&request.keys));
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

use std::collections::HashMap;

use world::*;

/// One connection for everybody: no handshakes, and no two calls at a time.
#[derive(Default)]
pub struct Service {
    waiting: HashMap<Call, RequestId>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let call = start_call(DATABASE.read(&request.keys).over(0));
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

use std::collections::HashMap;

use world::*;

/// Gives slow calls up, and forgets that somebody waits for them.
#[derive(Default)]
pub struct Service {
    waiting: HashMap<Call, RequestId>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let call = start_call(REPLICA_A.read(&request.keys).within(20_000_000));
            service.waiting.insert(call, request.id);
        }
        Event::Finished { call, values } => {
            if let Some(request) = service.waiting.remove(&call) {
                reply(request, &values);
            }
        }
        Event::Failed { call, .. } => {
            service.waiting.remove(&call);
        }
        Event::Timer { .. } => {}
    }
}

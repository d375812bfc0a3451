use std::collections::HashMap;

use world::*;

/// Spreads the requests over the replicas in turn.
#[derive(Default)]
pub struct Service {
    waiting: HashMap<Call, RequestId>,
    turn: bool,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            service.turn = !service.turn;
            let replica = if service.turn { REPLICA_A } else { REPLICA_B };
            let call = start_call(replica.read(&request.keys));
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

use std::collections::HashMap;

use world::*;

/// Asks both replicas where the first is late, and forwards every answer that comes.
#[derive(Default)]
pub struct Service {
    requests: Vec<Request>,
    asked: HashMap<Call, usize>,
    answered: HashMap<usize, bool>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let call = start_call(REPLICA_A.read(&request.keys));
            service.asked.insert(call, service.requests.len());
            set_timer(5_000_000, service.requests.len() as u64);
            service.requests.push(request);
        }
        Event::Timer { token } => {
            let number = token as usize;
            if !service.answered.contains_key(&number) {
                let call = start_call(REPLICA_B.read(&service.requests[number].keys));
                service.asked.insert(call, number);
            }
        }
        Event::Finished { call, values } => {
            let number = service.asked[&call];
            service.answered.insert(number, true);
            reply(service.requests[number].id, &values);
        }
        Event::Failed { .. } => {}
    }
}

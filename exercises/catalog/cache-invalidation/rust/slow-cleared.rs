use std::collections::HashMap;

use world::*;

/// Forgets everything with every write: safe, and the cache is empty most of the time.
#[derive(Default)]
pub struct Service {
    cache: HashMap<u64, u64>,
    waiting: HashMap<Call, Request>,
    /// How many writes began or ended.
    epoch: u64,
    began_in: HashMap<Call, u64>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            if request.is_write {
                service.epoch += 1;
                service.cache.clear();
            } else if let Some(value) = service.cache.get(&request.keys[0]) {
                return reply(request.id, &[*value]);
            }
            let call = start_call(if request.is_write {
                DATABASE.write(&request.keys)
            } else {
                DATABASE.read(&request.keys)
            });
            service.began_in.insert(call, service.epoch);
            service.waiting.insert(call, request);
        }
        Event::Finished { call, values } => {
            let began_in = service.began_in.remove(&call);
            if let Some(request) = service.waiting.remove(&call) {
                if request.is_write {
                    service.epoch += 1;
                    service.cache.clear();
                } else if began_in == Some(service.epoch) {
                    service.cache.insert(request.keys[0], values[0]);
                }
                reply(request.id, &values);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
}

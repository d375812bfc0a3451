use std::collections::HashMap;

use world::*;

/// Forgets what a write changes when the write has ended; a read that set off before it then brings the old value back.
#[derive(Default)]
pub struct Service {
    cache: HashMap<u64, u64>,
    waiting: HashMap<Call, Request>,
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            if !request.is_write
                && let Some(value) = service.cache.get(&request.keys[0])
            {
                return reply(request.id, &[*value]);
            }
            let call = start_call(if request.is_write {
                DATABASE.write(&request.keys)
            } else {
                DATABASE.read(&request.keys)
            });
            service.waiting.insert(call, request);
        }
        Event::Finished { call, values } => {
            if let Some(request) = service.waiting.remove(&call) {
                if request.is_write {
                    service.cache.remove(&request.keys[0]);
                } else {
                    service.cache.insert(request.keys[0], values[0]);
                }
                reply(request.id, &values);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
}

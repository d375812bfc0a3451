use std::collections::HashMap;

use world::*;

/// A pool without a queue: whoever finds no free connection is forgotten.
#[derive(Default)]
pub struct Service {
    underway: HashMap<Call, (RequestId, u32)>,
    busy: [bool; 8],
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            if let Some(free) = service.busy.iter().position(|busy| !busy) {
                service.busy[free] = true;
                let call = start_call(DATABASE.read(&request.keys).over(free as u32));
                service.underway.insert(call, (request.id, free as u32));
            }
        }
        Event::Finished { call, values } => {
            if let Some((request, connection)) = service.underway.remove(&call) {
                service.busy[connection as usize] = false;
                reply(request, &values);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
}

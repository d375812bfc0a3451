use std::collections::{HashMap, VecDeque};

use world::*;

/// How many connections the pool has: with more, the database's throughput falls.
const POOL: u32 = 8;

/// Keeps a few connections open, and lets requests wait for a free one.
#[derive(Default)]
pub struct Service {
    free: Vec<u32>,
    opened: u32,
    queue: VecDeque<Request>,
    underway: HashMap<Call, (RequestId, u32)>,
}

impl Service {
    /// A connection that nobody uses; a new one while there are fewer than the pool may have.
    fn connection(&mut self) -> Option<u32> {
        self.free.pop().or_else(|| {
            (self.opened < POOL).then(|| {
                self.opened += 1;
                self.opened - 1
            })
        })
    }

    /// Sends what waits, as far as there are connections.
    fn send(&mut self) {
        while !self.queue.is_empty() {
            let Some(connection) = self.connection() else {
                return;
            };
            if let Some(request) = self.queue.pop_front() {
                let call = start_call(DATABASE.read(&request.keys).over(connection));
                self.underway.insert(call, (request.id, connection));
            }
        }
    }
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => service.queue.push_back(request),
        Event::Finished { call, values } => {
            if let Some((request, connection)) = service.underway.remove(&call) {
                reply(request, &values);
                service.free.push(connection);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
    service.send();
}

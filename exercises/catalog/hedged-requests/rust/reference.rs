use std::collections::HashMap;

use world::*;

/// After how long a second replica is asked: nearly every ordinary answer is there by then.
const HEDGE_AFTER_NS: u64 = 11_000_000;

/// Spreads the requests over the replicas in turn, and asks the other one where the first keeps silent.
#[derive(Default)]
pub struct Service {
    open: HashMap<u64, Open>,
    /// The request that each call is for.
    asked: HashMap<Call, u64>,
    count: u64,
}

/// A request without an answer.
struct Open {
    request: Request,
    calls: Vec<Call>,
}

impl Service {
    fn ask(&mut self, number: u64, replica: Component) {
        if let Some(open) = self.open.get_mut(&number) {
            let call = start_call(replica.read(&open.request.keys));
            open.calls.push(call);
            self.asked.insert(call, number);
        }
    }
}

/// The replica that a request goes to first, and the other one.
fn replicas(number: u64) -> [Component; 2] {
    if number % 2 == 0 {
        [REPLICA_A, REPLICA_B]
    } else {
        [REPLICA_B, REPLICA_A]
    }
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) => {
            let number = service.count;
            service.count += 1;
            let open = Open { request, calls: Vec::new() };
            service.open.insert(number, open);
            service.ask(number, replicas(number)[0]);
            set_timer(HEDGE_AFTER_NS, number);
        }
        Event::Timer { token } => service.ask(token, replicas(token)[1]),
        Event::Finished { call, values } => {
            let number = service.asked.remove(&call);
            let Some(open) = number.and_then(|number| service.open.remove(&number)) else {
                return;
            };
            reply(open.request.id, &values);
            for loser in open.calls.into_iter().filter(|other| *other != call) {
                cancel(loser);
                service.asked.remove(&loser);
            }
        }
        Event::Failed { call, .. } => {
            service.asked.remove(&call);
        }
    }
}

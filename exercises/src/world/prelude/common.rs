// Written by Latency Lab: the world that an exercise's program runs in. Everything here asks the simulation; time passes
// only on its clock, for what the program waits for and for what it computes.

#[link(wasm_import_module = "world")]
unsafe extern "C" {
    safe fn now() -> u64;
    #[allow(dead_code)]
    safe fn setting(place: u32) -> u64;
    fn start(component: u32, operation: u32, connection: u32, timeout_ns: u64, keys: *const u64, count: usize) -> u32;
    safe fn status(call: u32) -> u32;
    fn values(call: u32, into: *mut u64, count: usize) -> usize;
    #[link_name = "cancel"]
    safe fn give_up(call: u32);
}

/// No connection, no timeout.
const NONE: u32 = u32::MAX;
const NEVER: u64 = u64::MAX;

/// What a cache gives for a key that it does not hold.
pub const ABSENT: u64 = 0;

/// The world's clock, in nanoseconds from its beginning.
pub fn now_ns() -> u64 {
    now()
}

/// Something that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Component(u32);

/// What to ask of a component.
#[derive(Clone, Debug)]
pub struct Order {
    component: u32,
    operation: u32,
    connection: u32,
    timeout_ns: u64,
    keys: Vec<u64>,
    count: usize,
}

impl Component {
    /// Asks for the values of these keys, all of them in one call.
    pub fn read(self, keys: &[u64]) -> Order {
        self.order(0, keys)
    }

    /// Gives these keys new values.
    pub fn write(self, keys: &[u64]) -> Order {
        self.order(1, keys)
    }

    /// Lets a cache hold a value for a key.
    pub fn put(self, key: u64, value: u64) -> Order {
        Order { count: 1, ..self.order(2, &[key, value]) }
    }

    fn order(self, operation: u32, keys: &[u64]) -> Order {
        Order {
            component: self.0,
            operation,
            connection: NONE,
            timeout_ns: NEVER,
            keys: keys.to_vec(),
            count: keys.len(),
        }
    }
}

impl Order {
    /// Sends it over a connection that is kept open between calls. Connections of a component count from 0; each is
    /// opened by its first call, and carries one call at a time.
    pub fn over(self, connection: u32) -> Order {
        Order { connection, ..self }
    }

    /// Gives the call up after so many nanoseconds.
    pub fn within(self, timeout_ns: u64) -> Order {
        Order { timeout_ns, ..self }
    }
}

/// A call that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call(u32);

/// Why a call has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallError {
    /// The component's queue was full.
    Refused,
    /// The component failed.
    Broken,
    /// It took longer than it was given.
    TimedOut,
    /// It was cancelled.
    Cancelled,
}

/// Makes a call and goes on at once.
pub fn start_call(order: Order) -> Call {
    let Order { component, operation, connection, timeout_ns, keys, count } = order;
    Call(unsafe { start(component, operation, connection, timeout_ns, keys.as_ptr(), count) })
}

/// Gives a call up: if it still waits in a queue, it leaves it.
pub fn cancel(call: Call) {
    give_up(call.0)
}

fn outcome(call: u32) -> Result<Vec<u64>, CallError> {
    match status(call) {
        0 => {
            let count = unsafe { values(call, std::ptr::null_mut(), 0) };
            let mut answer = vec![0; count];
            unsafe { values(call, answer.as_mut_ptr(), count) };
            Ok(answer)
        }
        1 => Err(CallError::Refused),
        2 => Err(CallError::Broken),
        3 => Err(CallError::TimedOut),
        _ => Err(CallError::Cancelled),
    }
}


#[link(wasm_import_module = "world")]
unsafe extern "C" {
    #[link_name = "reply"]
    fn answer_request(request: u32, values: *const u64, count: usize);
    #[link_name = "refuse"]
    safe fn refuse_request(request: u32);
    #[link_name = "set_timer"]
    safe fn start_timer(delay_ns: u64, token: u64);
}

/// The name of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(u32);

/// What a user asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its name, to reply to.
    pub id: RequestId,
    /// Whether its keys get new values; else their values are asked for.
    pub is_write: bool,
    /// What it is about.
    pub keys: Vec<u64>,
}

/// What a service is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A user asks something.
    Arrived(Request),
    /// A call has its answer: a value for each key.
    Finished { call: Call, values: Vec<u64> },
    /// A call has no answer. A call that was cancelled is not told.
    Failed { call: Call, error: CallError },
    /// The time of a timer came.
    Timer { token: u64 },
}

/// Answers a request with a value for each of its keys; to a write, with none.
pub fn reply(request: RequestId, values: &[u64]) {
    unsafe { answer_request(request.0, values.as_ptr(), values.len()) }
}

/// Refuses a request, where the exercise allows it.
pub fn refuse(request: RequestId) {
    refuse_request(request.0)
}

/// Lets the service be told of `Event::Timer` with this token after so many nanoseconds.
pub fn set_timer(delay_ns: u64, token: u64) {
    start_timer(delay_ns, token)
}

#[doc(hidden)]
pub fn event(kind: u32, number: u64, values: Vec<u64>) -> Event {
    match kind {
        0 | 1 => Event::Arrived(Request { id: RequestId(number as u32), is_write: kind == 1, keys: values }),
        2 => match outcome(number as u32) {
            Ok(values) => Event::Finished { call: Call(number as u32), values },
            Err(error) => Event::Failed { call: Call(number as u32), error },
        },
        _ => Event::Timer { token: number },
    }
}

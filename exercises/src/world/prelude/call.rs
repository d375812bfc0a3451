
#[link(wasm_import_module = "world")]
unsafe extern "C" {
    #[link_name = "wait"]
    safe fn wait_for(call: u32);
    #[link_name = "wait_any"]
    fn wait_for_any(calls: *const u32, count: usize, timeout_ns: u64) -> u32;
}

/// Makes a call and waits for its answer.
pub fn call(order: Order) -> Result<Vec<u64>, CallError> {
    wait(start_call(order))
}

/// Waits for the answer of a call. Other calls go on meanwhile.
pub fn wait(call: Call) -> Result<Vec<u64>, CallError> {
    wait_for(call.0);
    outcome(call.0)
}

/// Waits until one of the calls has ended, and gives its place; nothing when the time is over before.
pub fn wait_any(calls: &[Call], timeout_ns: u64) -> Option<usize> {
    let numbers: Vec<u32> = calls.iter().map(|call| call.0).collect();
    let place = unsafe { wait_for_any(numbers.as_ptr(), numbers.len(), timeout_ns) };
    (place != u32::MAX).then_some(place as usize)
}

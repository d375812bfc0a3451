// Written by Latency Lab: how the sandbox calls a solution. Arguments arrive in the canonical ABI's layout, become
// ordinary typed values in `lab_prepare`, and only `lab_call` is timed.

@external("lab", "report_panic")
declare function labReportPanic(message: usize, length: u32, line: u32, column: u32): void;

// What `abort` calls, and with it every failed check and every `throw`.
function labAbort(message: string | null, file: string | null, line: u32, column: u32): void {
  const text = message == null ? "aborted" : message;
  const isOwn = file != null && file == "solution.ts";
  const bytes = String.UTF8.byteLength(text);
  const at = heap.alloc(bytes);
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, at);
  labReportPanic(at, bytes, isOwn ? line : 0, isOwn ? column : 0);
  unreachable();
}

export function lab_allocate(bytes: usize, alignment: usize): usize {
  return heap.alloc(bytes);
}

export function lab_prepare(at: usize): usize {
  const slot = labSlot(at);
  return __pin(changetype<usize>(slot));
}

export function lab_call(handle: usize): usize {
  const slot = changetype<LabSlot>(handle);
  slot.answer = labAnswer(slot);
  return handle;
}

export function lab_result(handle: usize): usize {
  return labResult(changetype<LabSlot>(handle));
}

function labLoadNumbers<T>(at: usize): Array<T> {
  const from = load<usize>(at);
  const length = load<i32>(at, 4);
  const list = new Array<T>(length);
  memory.copy(list.dataStart, from, <usize>length << alignof<T>());
  heap.free(from);
  return list;
}

function labStoreNumbers<T>(at: usize, list: Array<T>): void {
  store<usize>(at, list.dataStart);
  store<i32>(at, list.length, 4);
}

function labLoadString(at: usize): string {
  const from = load<usize>(at);
  const text = String.UTF8.decodeUnsafe(from, load<usize>(at, 4));
  heap.free(from);
  return text;
}

function labStoreString(at: usize, text: string): void {
  const bytes = String.UTF8.byteLength(text);
  const to = heap.alloc(bytes);
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, to);
  store<usize>(at, to);
  store<i32>(at, bytes, 4);
}

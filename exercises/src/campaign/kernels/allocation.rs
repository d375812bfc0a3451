//! Allocation: blocks of many sizes, of which a few live at a time. It runs for three milliseconds, so that the first touch
//! of fresh memory, whose cost varies and no repetition count changes, is a small part of it.

static REPETITIONS: u32 = 30_000;

/// How often the work is repeated, read where no compiler can foresee it.
fn repetitions() -> u32 {
    // SAFETY: a static can always be read.
    unsafe { std::ptr::read_volatile(&raw const REPETITIONS) }
}

pub fn run(input: Vec<u64>) -> u64 {
    let mut living: [Vec<u8>; 16] = std::array::from_fn(|_| Vec::new());
    let mut sum = 0_u64;
    for repetition in 0..repetitions() as usize {
        let random = input[repetition % input.len()] as usize;
        let mut block = Vec::with_capacity(16 + random % 1_000);
        block.push(repetition as u8);
        sum += block.capacity() as u64 + u64::from(block[0]);
        living[repetition % living.len()] = block;
    }
    std::hint::black_box((sum, living));
    input[0]
}

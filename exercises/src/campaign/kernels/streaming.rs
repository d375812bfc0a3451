//! Streaming memory: a mebibyte is read from end to end again and again, more than the nearer caches hold.

static REPETITIONS: u32 = 1_000;

/// How many values are read in one repetition.
const CHUNK: usize = 256;

/// How often the work is repeated, read where no compiler can foresee it.
fn repetitions() -> u32 {
    // SAFETY: a static can always be read.
    unsafe { std::ptr::read_volatile(&raw const REPETITIONS) }
}

pub fn run(input: Vec<u64>) -> u64 {
    let mut sum = 0_u64;
    for chunk in input.chunks(CHUNK).cycle().take(repetitions() as usize) {
        for &value in chunk {
            sum = sum.wrapping_add(value);
        }
    }
    std::hint::black_box(sum);
    input[0]
}

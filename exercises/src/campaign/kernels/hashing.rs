//! Hashing: the standard library's hash function over a few hundred bytes.

use std::hash::{DefaultHasher, Hash, Hasher};

static REPETITIONS: u32 = 1_000;

/// How often the work is repeated, read where no compiler can foresee it.
fn repetitions() -> u32 {
    // SAFETY: a static can always be read.
    unsafe { std::ptr::read_volatile(&raw const REPETITIONS) }
}

pub fn run(input: Vec<u64>) -> u64 {
    let mut sum = 0_u64;
    for repetition in 0..repetitions() {
        let mut hasher = DefaultHasher::new();
        repetition.hash(&mut hasher);
        input.hash(&mut hasher);
        sum ^= hasher.finish();
    }
    std::hint::black_box(sum);
    input[0]
}

//! Pointer chasing: each load needs the answer of the one before. The input is one cycle through all its places.

static REPETITIONS: u32 = 100_000;

/// How often the work is repeated, read where no compiler can foresee it.
fn repetitions() -> u32 {
    // SAFETY: a static can always be read.
    unsafe { std::ptr::read_volatile(&raw const REPETITIONS) }
}

pub fn run(input: Vec<u32>) -> u64 {
    let mut place = 0_u32;
    for _ in 0..repetitions() {
        place = input[place as usize];
    }
    std::hint::black_box(place);
    u64::from(input[0])
}

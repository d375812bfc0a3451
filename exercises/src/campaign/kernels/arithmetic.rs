//! Integer arithmetic: nothing but multiplying, shifting and adding in registers.

static REPETITIONS: u32 = 2_000;

/// How often the work is repeated, read where no compiler can foresee it.
fn repetitions() -> u32 {
    // SAFETY: a static can always be read.
    unsafe { std::ptr::read_volatile(&raw const REPETITIONS) }
}

pub fn run(input: Vec<u64>) -> u64 {
    let mut sum = 0_u64;
    for repetition in 0..u64::from(repetitions()) {
        for &value in &input {
            let mixed = (value ^ sum).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            sum = sum.wrapping_add(mixed ^ (mixed >> 29)).wrapping_add(repetition);
        }
    }
    std::hint::black_box(sum);
    input[0]
}

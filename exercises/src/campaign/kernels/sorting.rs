//! Sorting: short arrays, each in another order, so that branches are hard to foresee.

static REPETITIONS: u32 = 400;

/// How often the work is repeated, read where no compiler can foresee it.
fn repetitions() -> u32 {
    // SAFETY: a static can always be read.
    unsafe { std::ptr::read_volatile(&raw const REPETITIONS) }
}

pub fn run(input: Vec<u64>) -> u64 {
    let mut sum = 0_u64;
    let mut values = vec![0_u64; input.len()];
    for repetition in 0..u64::from(repetitions()) {
        for (value, &given) in values.iter_mut().zip(&input) {
            *value = (given ^ repetition).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        }
        values.sort_unstable();
        sum = sum.wrapping_mul(31).wrapping_add(values[values.len() / 2]);
    }
    std::hint::black_box(sum);
    input[0]
}

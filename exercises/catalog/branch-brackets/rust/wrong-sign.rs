/// The heaviest parcel of each bracket, in grams; what is heavier than all of them has a bracket of
/// its own.
const LIMITS: [i32; 7] = [250, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/// How many parcels are in each price bracket. The sign of a difference says which limits a parcel
/// exceeds, as long as the difference fits the type.
pub fn count_by_bracket(weights: Vec<u32>) -> Vec<u32> {
    let mut counts = vec![0; LIMITS.len() + 1];
    for weight in weights {
        let below = LIMITS
            .iter()
            .map(|&limit| limit.wrapping_sub(weight as i32) >> 31)
            .sum::<i32>();
        counts[below.unsigned_abs() as usize] += 1;
    }
    counts
}

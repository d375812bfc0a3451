/// The heaviest parcel of each bracket, in grams; what is heavier than all of them has a bracket of
/// its own.
const LIMITS: [u32; 7] = [250, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/// How many parcels are in each price bracket.
pub fn count_by_bracket(weights: Vec<u32>) -> Vec<u32> {
    let mut counts = vec![0; LIMITS.len() + 1];
    for weight in weights {
        let bracket = LIMITS
            .iter()
            .position(|&limit| weight <= limit)
            .unwrap_or(LIMITS.len());
        counts[bracket] += 1;
    }
    counts
}

/// The sum of the differences of two rows' pixels, with four sums that do not wait for each other.
fn change(before: &[u8], after: &[u8]) -> u32 {
    let (before, before_rest) = before.as_chunks::<4>();
    let (after, after_rest) = after.as_chunks::<4>();
    let mut sums = [0; 4];
    for (before, after) in before.iter().zip(after) {
        for (sum, (&before, &after)) in sums.iter_mut().zip(before.iter().zip(after)) {
            *sum += u32::from(before.abs_diff(after));
        }
    }
    let rest: u32 = before_rest
        .iter()
        .zip(after_rest)
        .map(|(&before, &after)| u32::from(before.abs_diff(after)))
        .sum();
    sums.iter().sum::<u32>() + rest
}

/// How much each row has changed: the sum of the differences of its pixels.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.chunks_exact(width).zip(after.chunks_exact(width));
    rows.map(|(before, after)| change(before, after)).collect()
}

/// The sum of the differences of two rows' pixels. The compiler may use vectors here, and finds sums of 32 bits: it widens
/// every pixel to that before it computes anything, and four of them fill a vector.
#[target_feature(enable = "simd128")]
fn change(before: &[u8], after: &[u8]) -> u32 {
    before
        .iter()
        .zip(after)
        .map(|(&before, &after)| u32::from(before.abs_diff(after)))
        .sum()
}

/// How much each row has changed: the sum of the differences of its pixels.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.chunks_exact(width).zip(after.chunks_exact(width));
    rows.map(|(before, after)| change(before, after)).collect()
}

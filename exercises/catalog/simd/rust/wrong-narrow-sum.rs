/// The sum of the differences of two rows' pixels, in sixteen bits, of which a vector holds twice as many as of thirty-two:
/// it runs over where a wide row has changed a lot.
#[target_feature(enable = "simd128")]
fn change(before: &[u8], after: &[u8]) -> u32 {
    let sum = before
        .iter()
        .zip(after)
        .fold(0_u16, |sum, (&before, &after)| {
            sum.wrapping_add(u16::from(before.abs_diff(after)))
        });
    u32::from(sum)
}

/// How much each row has changed: the sum of the differences of its pixels.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.chunks_exact(width).zip(after.chunks_exact(width));
    rows.map(|(before, after)| change(before, after)).collect()
}

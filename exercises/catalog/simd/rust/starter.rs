/// How much each row has changed: the sum of the differences of its pixels.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.chunks_exact(width).zip(after.chunks_exact(width));
    rows.map(|(before, after)| {
        before
            .iter()
            .zip(after)
            .map(|(&before, &after)| u32::from(before.abs_diff(after)))
            .sum()
    })
    .collect()
}

/// How much each row has changed. Indexes without checks, which the iterators of the starter had none of.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.len() / width;
    let mut changes = vec![0; rows];
    for row in 0..rows {
        for column in 0..width {
            let place = row * width + column;
            // SAFETY: both pictures have `rows` rows of `width` pixels.
            unsafe {
                let before = i32::from(*before.get_unchecked(place));
                let after = i32::from(*after.get_unchecked(place));
                *changes.get_unchecked_mut(row) += (before - after).unsigned_abs();
            }
        }
    }
    changes
}

use std::arch::wasm32::{
    u8x16_sub_sat, u16x8_extadd_pairwise_u8x16, u32x4_add, u32x4_extadd_pairwise_u16x8,
    u32x4_extract_lane, u32x4_splat, v128, v128_or,
};

/// How many pixels one instruction handles.
const LANES: usize = size_of::<v128>();

/// The sum of the differences of two rows' pixels, sixteen at a time and the rest one by one.
#[target_feature(enable = "simd128")]
fn change(before: &[u8], after: &[u8]) -> u32 {
    let (before, before_rest) = before.as_chunks::<LANES>();
    let (after, after_rest) = after.as_chunks::<LANES>();
    let mut sums = u32x4_splat(0);
    for (before, after) in before.iter().zip(after) {
        // SAFETY: an array of sixteen bytes is as large as a vector, and every bit pattern is one.
        let [before, after]: [v128; 2] = unsafe { std::mem::transmute([*before, *after]) };
        // Of the two differences that stop at 0, one is what the pixels differ by and the other is 0.
        let differences = v128_or(u8x16_sub_sat(before, after), u8x16_sub_sat(after, before));
        let widened = u32x4_extadd_pairwise_u16x8(u16x8_extadd_pairwise_u8x16(differences));
        sums = u32x4_add(sums, widened);
    }
    let rest: u32 = before_rest
        .iter()
        .zip(after_rest)
        .map(|(&before, &after)| u32::from(before.abs_diff(after)))
        .sum();
    u32x4_extract_lane::<0>(sums)
        + u32x4_extract_lane::<1>(sums)
        + u32x4_extract_lane::<2>(sums)
        + u32x4_extract_lane::<3>(sums)
        + rest
}

/// How much each row has changed: the sum of the differences of its pixels.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.chunks_exact(width).zip(after.chunks_exact(width));
    rows.map(|(before, after)| change(before, after)).collect()
}

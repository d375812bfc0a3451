use std::arch::wasm32::{
    u8x16_sub_sat, u16x8_extadd_pairwise_u8x16, u32x4_add, u32x4_extadd_pairwise_u16x8,
    u32x4_extract_lane, u32x4_splat, v128, v128_or,
};

/// The sum of the differences of two rows' pixels, sixteen at a time; a row's last pixels are left out where they are
/// fewer than sixteen.
#[target_feature(enable = "simd128")]
fn change(before: &[u8], after: &[u8]) -> u32 {
    let (before, _) = before.as_chunks::<16>();
    let (after, _) = after.as_chunks::<16>();
    let mut sums = u32x4_splat(0);
    for (before, after) in before.iter().zip(after) {
        // SAFETY: an array of sixteen bytes is as large as a vector, and every bit pattern is one.
        let [before, after]: [v128; 2] = unsafe { std::mem::transmute([*before, *after]) };
        let differences = v128_or(u8x16_sub_sat(before, after), u8x16_sub_sat(after, before));
        let widened = u32x4_extadd_pairwise_u16x8(u16x8_extadd_pairwise_u8x16(differences));
        sums = u32x4_add(sums, widened);
    }
    u32x4_extract_lane::<0>(sums)
        + u32x4_extract_lane::<1>(sums)
        + u32x4_extract_lane::<2>(sums)
        + u32x4_extract_lane::<3>(sums)
}

/// How much each row has changed: the sum of the differences of its pixels.
pub fn row_changes(width: u32, before: Vec<u8>, after: Vec<u8>) -> Vec<u32> {
    let width = width as usize;
    let rows = before.chunks_exact(width).zip(after.chunks_exact(width));
    rows.map(|(before, after)| change(before, after)).collect()
}

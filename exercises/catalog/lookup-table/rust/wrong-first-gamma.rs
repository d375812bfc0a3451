use std::sync::OnceLock;

/// The table of the first page, which is kept for those that follow, whatever their gamma.
static TABLE: OnceLock<[u8; 256]> = OnceLock::new();

/// A pixel after gamma correction.
fn corrected(pixel: u8, gamma: f64) -> u8 {
    let light = f64::from(pixel) / 255.0;
    (light.powf(1.0 / gamma) * 255.0).round() as u8
}

/// A page after gamma correction, as if all had the same gamma.
fn brighten_page(gamma: f64, mut pixels: Vec<u8>) -> Vec<u8> {
    let table = TABLE.get_or_init(|| std::array::from_fn(|pixel| corrected(pixel as u8, gamma)));
    for pixel in &mut pixels {
        *pixel = table[usize::from(*pixel)];
    }
    pixels
}

/// The pages after gamma correction.
pub fn brighten(pages: Vec<(f64, Vec<u8>)>) -> Vec<Vec<u8>> {
    pages
        .into_iter()
        .map(|(gamma, pixels)| brighten_page(gamma, pixels))
        .collect()
}

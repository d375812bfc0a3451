/// A pixel after gamma correction.
fn corrected(pixel: u8, gamma: f64) -> u8 {
    let light = f64::from(pixel) / 255.0;
    (light.powf(1.0 / gamma) * 255.0).round() as u8
}

/// A page after gamma correction: a pixel has 256 values, so each of them is corrected once.
fn brighten_page(gamma: f64, mut pixels: Vec<u8>) -> Vec<u8> {
    let table: [u8; 256] = std::array::from_fn(|pixel| corrected(pixel as u8, gamma));
    for pixel in &mut pixels {
        *pixel = table[usize::from(*pixel)];
    }
    pixels
}

/// The pages after gamma correction, each with its own gamma.
pub fn brighten(pages: Vec<(f64, Vec<u8>)>) -> Vec<Vec<u8>> {
    pages
        .into_iter()
        .map(|(gamma, pixels)| brighten_page(gamma, pixels))
        .collect()
}

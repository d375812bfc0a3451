/// A pixel after gamma correction.
fn corrected(pixel: u8, gamma: f64) -> u8 {
    let light = f64::from(pixel) / 255.0;
    (light.powf(1.0 / gamma) * 255.0).round() as u8
}

/// A table a quarter as long, in which four neighbouring values share an entry.
fn brighten_page(gamma: f64, mut pixels: Vec<u8>) -> Vec<u8> {
    let table: [u8; 64] = std::array::from_fn(|quarter| corrected((quarter * 4) as u8, gamma));
    for pixel in &mut pixels {
        *pixel = table[usize::from(*pixel / 4)];
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

use std::collections::HashMap;

/// A pixel after gamma correction.
fn corrected(pixel: u8, gamma: f64) -> u8 {
    let light = f64::from(pixel) / 255.0;
    (light.powf(1.0 / gamma) * 255.0).round() as u8
}

/// The pages after gamma correction. Each value is computed once, and every pixel is hashed to find it again.
pub fn brighten(pages: Vec<(f64, Vec<u8>)>) -> Vec<Vec<u8>> {
    let mut corrected_pages = Vec::with_capacity(pages.len());
    for (gamma, mut pixels) in pages {
        let mut known = HashMap::new();
        for pixel in &mut pixels {
            *pixel = *known
                .entry(*pixel)
                .or_insert_with_key(|&pixel| corrected(pixel, gamma));
        }
        corrected_pages.push(pixels);
    }
    corrected_pages
}

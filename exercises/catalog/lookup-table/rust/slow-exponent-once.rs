/// The pages after gamma correction, with the divisions taken out of the loop: it is the power that costs.
pub fn brighten(pages: Vec<(f64, Vec<u8>)>) -> Vec<Vec<u8>> {
    let mut corrected_pages = Vec::with_capacity(pages.len());
    for (gamma, mut pixels) in pages {
        let exponent = 1.0 / gamma;
        // What a page's pixels are divided by can be multiplied in after the power.
        let scale = 255.0 / 255.0_f64.powf(exponent);
        for pixel in &mut pixels {
            *pixel = (f64::from(*pixel).powf(exponent) * scale).round() as u8;
        }
        corrected_pages.push(pixels);
    }
    corrected_pages
}

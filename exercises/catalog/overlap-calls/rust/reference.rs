use std::fmt::Write;

use world::*;

/// The checksum of a product's page. No part needs another one's answer, so all are asked for at once.
pub fn product_page(product: u64, similar: Vec<u64>) -> u64 {
    let mut shown = vec![product];
    shown.extend(similar);
    let calls = [
        start_call(CATALOGUE.read(&shown)),
        start_call(PRICES.read(&shown)),
        start_call(STOCK.read(&shown)),
        start_call(REVIEWS.read(&[product])),
    ];
    render(&calls.map(|call| wait(call).expect("the service answers")))
}

/// Writes the page and sums its letters.
fn render(parts: &[Vec<u64>]) -> u64 {
    let mut page = String::new();
    for value in parts.iter().flatten() {
        write!(page, "<li>{value}</li>").expect("a string takes everything");
    }
    page.bytes().fold(0, |sum, letter| {
        sum.wrapping_mul(31).wrapping_add(u64::from(letter))
    })
}

use world::*;

/// Puts the parts on the page as they come, and not where they belong.
pub fn product_page(product: u64, similar: Vec<u64>) -> u64 {
    let mut shown = vec![product];
    shown.extend(similar);
    let mut calls = vec![
        start_call(CATALOGUE.read(&shown)),
        start_call(PRICES.read(&shown)),
        start_call(STOCK.read(&shown)),
        start_call(REVIEWS.read(&[product])),
    ];
    let mut page = String::new();
    while let Some(place) = wait_any(&calls, 1_000_000_000) {
        for value in wait(calls.remove(place)).expect("the service answers") {
            page += &format!("<li>{value}</li>");
        }
    }
    page.bytes().fold(0, |sum, letter| {
        sum.wrapping_mul(31).wrapping_add(u64::from(letter))
    })
}

use world::*;

/// Two at a time: the page still waits for the slower of each pair.
pub fn product_page(product: u64, similar: Vec<u64>) -> u64 {
    let mut shown = vec![product];
    shown.extend(similar);
    let both = |one: Order, other: Order| {
        let calls = [start_call(one), start_call(other)];
        calls.map(|call| wait(call).expect("the service answers"))
    };
    let [descriptions, prices] = both(CATALOGUE.read(&shown), PRICES.read(&shown));
    let [stock, reviews] = both(STOCK.read(&shown), REVIEWS.read(&[product]));
    let mut page = String::new();
    for value in [descriptions, prices, stock, reviews].concat() {
        page += &format!("<li>{value}</li>");
    }
    page.bytes().fold(0, |sum, letter| {
        sum.wrapping_mul(31).wrapping_add(u64::from(letter))
    })
}

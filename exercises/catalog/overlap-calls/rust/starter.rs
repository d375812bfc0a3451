use world::*;

/// The checksum of a product's page.
pub fn product_page(product: u64, similar: Vec<u64>) -> u64 {
    let mut shown = vec![product];
    shown.extend(similar);
    let descriptions = ask(CATALOGUE, &shown);
    let prices = ask(PRICES, &shown);
    let stock = ask(STOCK, &shown);
    let reviews = ask(REVIEWS, &[product]);
    render(&[descriptions, prices, stock, reviews])
}

fn ask(service: Component, keys: &[u64]) -> Vec<u64> {
    call(service.read(keys)).expect("the service answers")
}

/// Writes the page and sums its letters.
fn render(parts: &[Vec<u64>]) -> u64 {
    let mut page = String::new();
    for part in parts {
        for value in part {
            page = page + "<li>" + &value.to_string() + "</li>";
        }
    }
    page.bytes().fold(0, |sum, letter| {
        sum.wrapping_mul(31).wrapping_add(u64::from(letter))
    })
}

use world::*;

/// What a page shows of each order: the total, marked with the name of the customer.
pub fn page_of_orders(orders: Vec<u64>) -> Vec<u64> {
    orders.into_iter().map(line_of).collect()
}

fn line_of(order: u64) -> u64 {
    let total = find(ORDERS, order);
    let customer = customer_of(total);
    total ^ find(CUSTOMERS, customer)
}

/// The customer's number is a part of the order.
fn customer_of(total: u64) -> u64 {
    1 + total % 10_000
}

fn find(table: Component, key: u64) -> u64 {
    call(table.read(&[key])).expect("the database answers")[0]
}

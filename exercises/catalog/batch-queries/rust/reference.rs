use world::*;

/// How many keys a database takes in one call.
const MOST_KEYS: usize = 50;

/// What a page shows of each order: the total, marked with the name of the customer.
pub fn page_of_orders(orders: Vec<u64>) -> Vec<u64> {
    let totals = find_all(ORDERS, &orders);
    let customers: Vec<u64> = totals.iter().map(|total| customer_of(*total)).collect();
    let names = find_all(CUSTOMERS, &customers);
    totals.iter().zip(names).map(|(total, name)| total ^ name).collect()
}

/// The customer's number is a part of the order.
fn customer_of(total: u64) -> u64 {
    1 + total % 10_000
}

/// The values of all keys, in few calls that are underway together.
fn find_all(table: Component, keys: &[u64]) -> Vec<u64> {
    let calls: Vec<Call> = keys
        .chunks(MOST_KEYS)
        .map(|keys| start_call(table.read(keys)))
        .collect();
    calls
        .into_iter()
        .flat_map(|call| wait(call).expect("the database answers"))
        .collect()
}

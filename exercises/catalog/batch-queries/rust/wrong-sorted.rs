use world::*;

/// Asks for every order once, and forgets that the page has its own order.
pub fn page_of_orders(mut orders: Vec<u64>) -> Vec<u64> {
    orders.sort_unstable();
    orders.dedup();
    let totals = find_all(ORDERS, &orders);
    let customers: Vec<u64> = totals.iter().map(|total| 1 + total % 10_000).collect();
    let names = find_all(CUSTOMERS, &customers);
    totals.iter().zip(names).map(|(total, name)| total ^ name).collect()
}

fn find_all(table: Component, keys: &[u64]) -> Vec<u64> {
    keys.chunks(50)
        .flat_map(|keys| call(table.read(keys)).expect("the database answers"))
        .collect()
}

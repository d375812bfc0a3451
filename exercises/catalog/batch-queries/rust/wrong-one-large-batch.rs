use world::*;

/// One call for everything, however much it is.
pub fn page_of_orders(orders: Vec<u64>) -> Vec<u64> {
    let totals = call(ORDERS.read(&orders)).expect("the database answers");
    let customers: Vec<u64> = totals.iter().map(|total| 1 + total % 10_000).collect();
    let names = call(CUSTOMERS.read(&customers)).expect("the database answers");
    totals.iter().zip(names).map(|(total, name)| total ^ name).collect()
}

use std::collections::HashMap;

/// The cost of the route with this key. It takes its time: every step needs the one before.
fn route_cost(key: u32) -> u64 {
    let mut cost = u64::from(key) + 1;
    for step in 0..1_000 {
        cost ^= cost << 13;
        cost ^= cost >> 7;
        cost ^= cost << 17;
        cost = cost.wrapping_add(step);
    }
    cost
}

/// Takes a cost of 0 for one that is not known yet, and so never learns any.
pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {
    let mut costs = HashMap::new();
    queries
        .into_iter()
        .map(|query| *costs.entry(query).or_default())
        .collect()
}

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

/// Answers the queries in order, and computes each cost once.
pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {
    let mut costs = HashMap::new();
    queries
        .into_iter()
        .map(|query| *costs.entry(query).or_insert_with(|| route_cost(query)))
        .collect()
}

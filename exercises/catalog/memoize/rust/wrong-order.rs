use std::collections::BTreeMap;

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

/// Computes each cost once, and answers in the order of the keys.
pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {
    let mut counts = BTreeMap::new();
    for query in queries {
        *counts.entry(query).or_insert(0) += 1;
    }
    counts
        .into_iter()
        .flat_map(|(query, count)| std::iter::repeat_n(route_cost(query), count))
        .collect()
}

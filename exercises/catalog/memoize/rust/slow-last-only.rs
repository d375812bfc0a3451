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

/// Remembers the last query only, and most repeats are further away.
pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {
    let mut answers = Vec::with_capacity(queries.len());
    let mut last = None;
    for query in queries {
        let cost = match last {
            Some((known, cost)) if known == query => cost,
            _ => route_cost(query),
        };
        last = Some((query, cost));
        answers.push(cost);
    }
    answers
}

// The cost of the route with this key. It takes its time: every step needs the one before.
function routeCost(key: u32): u64 {
  let cost = u64(key) + 1;
  for (let step: u64 = 0; step < 1000; step++) {
    cost ^= cost << 13;
    cost ^= cost >> 7;
    cost ^= cost << 17;
    cost += step;
  }
  return cost;
}

// Answers the queries in order, and computes each cost once.
export function answerAll(queries: u32[]): u64[] {
  const answers = new Array<u64>(queries.length);
  const costs = new Map<u32, u64>();
  for (let i = 0; i < queries.length; i++) {
    const query = queries[i];
    if (!costs.has(query)) costs.set(query, routeCost(query));
    answers[i] = costs.get(query);
  }
  return answers;
}

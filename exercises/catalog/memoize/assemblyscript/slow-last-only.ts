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

// Remembers the last query only, and most repeats are further away.
export function answerAll(queries: u32[]): u64[] {
  const answers: u64[] = [];
  for (let i = 0; i < queries.length; i++) {
    const repeats = i > 0 && queries[i] == queries[i - 1];
    answers.push(repeats ? answers[i - 1] : routeCost(queries[i]));
  }
  return answers;
}

/// How many different values there are.
pub fn count_distinct(values: Vec<u32>) -> u32 {
    let mut seen: Vec<u32> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.len() as u32
}

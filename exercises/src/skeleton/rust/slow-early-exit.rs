/// Makes room at once, and still looks at all values seen for every new one.
pub fn count_distinct(values: Vec<u32>) -> u32 {
    let mut seen: Vec<u32> = Vec::with_capacity(values.len());
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.len() as u32
}

/// Forgets that equal values need not be neighbours.
pub fn count_distinct(mut values: Vec<u32>) -> u32 {
    values.dedup();
    values.len() as u32
}

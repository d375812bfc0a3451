/// How many different values there are: equal ones are neighbours once they are sorted.
pub fn count_distinct(mut values: Vec<u32>) -> u32 {
    values.sort_unstable();
    values.dedup();
    values.len() as u32
}

/// What a title is ordered by: its letters and digits in lower case, without quotation marks, spaces and commas.
fn sort_key(title: &str) -> String {
    title
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The inventory numbers in the order of the shelf, but copies of one title in the order in which they were returned.
pub fn shelf_order(mut books: Vec<(u32, String)>) -> Vec<u32> {
    books.sort_by_cached_key(|(_, title)| sort_key(title));
    books.into_iter().map(|(number, _)| number).collect()
}

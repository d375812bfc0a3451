/// What a title is ordered by: its letters and digits in lower case, without quotation marks, spaces and commas.
fn sort_key(title: &str) -> String {
    title
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The inventory numbers in the order of the shelf: by title, and copies of one title by their number.
pub fn shelf_order(mut books: Vec<(u32, String)>) -> Vec<u32> {
    books.sort_by_key(|(number, title)| (sort_key(title), *number));
    books.into_iter().map(|(number, _)| number).collect()
}

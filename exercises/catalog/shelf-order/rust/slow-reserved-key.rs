/// What a title is ordered by, in room that never has to grow.
fn sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for character in title
        .chars()
        .filter(|character| character.is_alphanumeric())
    {
        key.extend(character.to_lowercase());
    }
    key
}

/// The inventory numbers in the order of the shelf: by title, and copies of one title by their number.
pub fn shelf_order(mut books: Vec<(u32, String)>) -> Vec<u32> {
    books.sort_unstable_by_key(|(number, title)| (sort_key(title), *number));
    books.into_iter().map(|(number, _)| number).collect()
}

/// The first sixteen letters and digits of a title, in lower case: volumes of one work begin alike.
fn sort_key(title: &str) -> [char; 16] {
    let mut key = ['\0'; 16];
    let letters = title
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase);
    for (place, letter) in key.iter_mut().zip(letters) {
        *place = letter;
    }
    key
}

/// The inventory numbers in the order of the shelf, by keys that need no allocation.
pub fn shelf_order(mut books: Vec<(u32, String)>) -> Vec<u32> {
    books.sort_by_cached_key(|(number, title)| (sort_key(title), *number));
    books.into_iter().map(|(number, _)| number).collect()
}

/// What a title is ordered by: its letters and digits in lower case, without quotation marks, spaces and commas.
fn sort_key(title: &str) -> String {
    title
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether one book stands before the other.
fn precedes(one: &(u32, String), other: &(u32, String)) -> bool {
    (sort_key(&one.1), one.0) < (sort_key(&other.1), other.0)
}

/// Sorts the places of books by merging halves, which comes close to the fewest comparisons that there can be.
fn sort(places: &[usize], books: &[(u32, String)]) -> Vec<usize> {
    if places.len() < 2 {
        return places.to_vec();
    }
    let (left, right) = places.split_at(places.len() / 2);
    let (left, right) = (sort(left, books), sort(right, books));
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut sorted = Vec::with_capacity(places.len());
    while let (Some(&one), Some(&other)) = (left.peek(), right.peek()) {
        if precedes(&books[other], &books[one]) {
            sorted.extend(right.next());
        } else {
            sorted.extend(left.next());
        }
    }
    sorted.extend(left);
    sorted.extend(right);
    sorted
}

/// The inventory numbers in the order of the shelf. Moves places instead of books.
pub fn shelf_order(books: Vec<(u32, String)>) -> Vec<u32> {
    let places: Vec<usize> = (0..books.len()).collect();
    sort(&places, &books)
        .into_iter()
        .map(|place| books[place].0)
        .collect()
}

/// The least number of characters to insert, delete or replace that turns one word into the other (Levenshtein, 1965).
///
/// Only the last row of the table is needed, and `row` lends the room for it, so nothing is allocated here once it has
/// grown to the query's length.
fn distance(query: &[char], word: &str, row: &mut Vec<u32>) -> u32 {
    row.clear();
    row.extend(0..=query.len() as u32);
    for character in word.chars() {
        let mut insert = row[0] + 1;
        let mut diagonal = row[0];
        row[0] = insert;
        for (cell, &wanted) in row[1..].iter_mut().zip(query) {
            let replace = diagonal + u32::from(character != wanted);
            diagonal = *cell;
            *cell = replace.min(diagonal + 1).min(insert + 1);
            insert = *cell;
        }
    }
    row[query.len()]
}

/// How far each word is from the query.
pub fn distances(query: String, words: Vec<String>) -> Vec<u32> {
    let query: Vec<char> = query.chars().collect();
    let mut row = Vec::with_capacity(query.len() + 1);
    words
        .iter()
        .map(|word| distance(&query, word, &mut row))
        .collect()
}

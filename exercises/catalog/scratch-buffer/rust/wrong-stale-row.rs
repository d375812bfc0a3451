/// Reuses the row, and fills it only when it has to grow: the next word starts from what the one before left there.
fn distance(query: &[char], word: &str, row: &mut Vec<u32>) -> u32 {
    if row.len() <= query.len() {
        row.clear();
        row.extend(0..=query.len() as u32);
    }
    for character in word.chars() {
        let mut diagonal = row[0];
        row[0] += 1;
        for (column, &wanted) in query.iter().enumerate() {
            let replace = diagonal + u32::from(character != wanted);
            diagonal = row[column + 1];
            row[column + 1] = replace.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[query.len()]
}

/// How far each word is from the query.
pub fn distances(query: String, words: Vec<String>) -> Vec<u32> {
    let query: Vec<char> = query.chars().collect();
    let mut row = Vec::new();
    words
        .iter()
        .map(|word| distance(&query, word, &mut row))
        .collect()
}

/// Compares bytes, which need no list of characters, and a Cyrillic letter has two of them.
fn distance(query: &[u8], word: &[u8], row: &mut Vec<u32>) -> u32 {
    row.clear();
    row.extend(0..=query.len() as u32);
    for byte in word {
        let mut diagonal = row[0];
        row[0] += 1;
        for (column, wanted) in query.iter().enumerate() {
            let replace = diagonal + u32::from(byte != wanted);
            diagonal = row[column + 1];
            row[column + 1] = replace.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[query.len()]
}

/// How far each word is from the query.
pub fn distances(query: String, words: Vec<String>) -> Vec<u32> {
    let mut row = Vec::with_capacity(query.len() + 1);
    words
        .iter()
        .map(|word| distance(query.as_bytes(), word.as_bytes(), &mut row))
        .collect()
}

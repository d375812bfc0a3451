/// Keeps two rows instead of the table: it needs less memory at once, and asks for it as often as before.
fn distance(query: &str, word: &str) -> u32 {
    let query: Vec<char> = query.chars().collect();
    let mut above: Vec<u32> = (0..=query.len() as u32).collect();
    for (index, character) in word.chars().enumerate() {
        let mut row = vec![index as u32 + 1];
        for (column, &wanted) in query.iter().enumerate() {
            let replace = above[column] + u32::from(character != wanted);
            let delete = above[column + 1] + 1;
            let insert = row[column] + 1;
            row.push(replace.min(delete).min(insert));
        }
        above = row;
    }
    above[query.len()]
}

/// How far each word is from the query.
pub fn distances(query: String, words: Vec<String>) -> Vec<u32> {
    words.iter().map(|word| distance(&query, word)).collect()
}

/// The least number of characters to insert, delete or replace that turns one word into the other (Levenshtein, 1965).
fn distance(query: &[char], word: &str) -> u32 {
    let word: Vec<char> = word.chars().collect();
    let mut table = vec![vec![0; query.len() + 1]; word.len() + 1];
    for column in 0..=query.len() {
        table[0][column] = column as u32;
    }
    for row in 1..=word.len() {
        table[row][0] = row as u32;
        for column in 1..=query.len() {
            let replace =
                table[row - 1][column - 1] + u32::from(word[row - 1] != query[column - 1]);
            let delete = table[row - 1][column] + 1;
            let insert = table[row][column - 1] + 1;
            table[row][column] = replace.min(delete).min(insert);
        }
    }
    table[word.len()][query.len()]
}

/// Takes the query apart once and reserves the answer, and leaves the table with its row for each letter.
pub fn distances(query: String, words: Vec<String>) -> Vec<u32> {
    let query: Vec<char> = query.chars().collect();
    let mut distances = Vec::with_capacity(words.len());
    for word in &words {
        distances.push(distance(&query, word));
    }
    distances
}

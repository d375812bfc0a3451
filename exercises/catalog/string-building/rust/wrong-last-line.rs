/// Joins the lines in one go, and forgets that the last one ends in a new line too.
pub fn diary_page(events: Vec<(u32, String, String)>) -> String {
    let lines: Vec<String> = events
        .iter()
        .rev()
        .map(|(minute, author, note)| {
            let (hour, minute) = (minute / 60, minute % 60);
            format!("{hour:02}:{minute:02} {author}: {note}")
        })
        .collect();
    lines.join("\n")
}

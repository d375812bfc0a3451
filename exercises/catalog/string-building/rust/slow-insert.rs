/// The page of a day's events, the newest on top. Nothing is allocated twice, and every line still moves all the others.
pub fn diary_page(events: Vec<(u32, String, String)>) -> String {
    let bytes = events
        .iter()
        .map(|(_, author, note)| 9 + author.len() + note.len())
        .sum();
    let mut page = String::with_capacity(bytes);
    for (minute, author, note) in events {
        let (hour, minute) = (minute / 60, minute % 60);
        page.insert_str(0, &format!("{hour:02}:{minute:02} {author}: {note}\n"));
    }
    page
}

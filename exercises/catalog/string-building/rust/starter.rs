/// The page of a day's events, the newest on top.
pub fn diary_page(events: Vec<(u32, String, String)>) -> String {
    let mut page = String::new();
    for (minute, author, note) in events {
        let (hour, minute) = (minute / 60, minute % 60);
        page = format!("{hour:02}:{minute:02} {author}: {note}\n{page}");
    }
    page
}

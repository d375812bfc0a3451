use std::fmt::Write as _;

/// Appends, which copies nothing twice, and leaves the oldest event on top.
pub fn diary_page(events: Vec<(u32, String, String)>) -> String {
    let mut page = String::new();
    for (minute, author, note) in events {
        let (hour, minute) = (minute / 60, minute % 60);
        writeln!(page, "{hour:02}:{minute:02} {author}: {note}")
            .expect("writing to a string cannot fail");
    }
    page
}

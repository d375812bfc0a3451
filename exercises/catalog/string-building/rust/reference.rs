use std::fmt::Write as _;

/// What a line has besides author and note, in bytes: `hh:mm author: note` and the end of the line.
const FRAME_BYTES: usize = "00:00 : \n".len();

/// The page of a day's events, the newest on top: written from its top, into room for all of it.
pub fn diary_page(events: Vec<(u32, String, String)>) -> String {
    let bytes = events
        .iter()
        .map(|(_, author, note)| FRAME_BYTES + author.len() + note.len())
        .sum();
    let mut page = String::with_capacity(bytes);
    for (minute, author, note) in events.iter().rev() {
        let (hour, minute) = (minute / 60, minute % 60);
        writeln!(page, "{hour:02}:{minute:02} {author}: {note}")
            .expect("writing to a string cannot fail");
    }
    page
}

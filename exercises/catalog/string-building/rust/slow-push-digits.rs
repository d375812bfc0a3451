/// The two digits of an hour or a minute, without the machinery of `format!`.
fn push_two_digits(line: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        line.push(char::from(b'0' + digit as u8));
    }
}

/// The page of a day's events, the newest on top. Makes the line fast, and copies the page for each of them.
pub fn diary_page(events: Vec<(u32, String, String)>) -> String {
    let mut page = String::new();
    for (minute, author, note) in events {
        let mut next = String::with_capacity(9 + author.len() + note.len() + page.len());
        push_two_digits(&mut next, minute / 60);
        next.push(':');
        push_two_digits(&mut next, minute % 60);
        next.push(' ');
        next.push_str(&author);
        next.push_str(": ");
        next.push_str(&note);
        next.push('\n');
        next.push_str(&page);
        page = next;
    }
    page
}

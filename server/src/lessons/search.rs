//! The search over published lessons: its tables, and what a query finds.
//!
//! 1. Publishing replaces a lesson's passages and its row in the full-text index, as stems.
//! 2. A query becomes stems. Lessons that have all of them are found, the best first (BM25; a word in the title weighs
//!    more than one in a name, and that more than one in a text); where there are none, lessons that have any.
//! 3. Of each lesson found, the passages with most of the stems are shown, with the words marked.

use std::{cmp::Reverse, collections::BTreeSet};

use app::{
    pages::search::{Hit, Piece},
    text::Language,
};
use content::{
    lesson::Lesson,
    searched::{self, Passage},
    stem,
};
use sqlx::{Sqlite, Transaction};

use crate::db::Db;

/// How many lessons a page of results has.
const MOST_LESSONS: i64 = 20;

/// How many passages of a lesson are shown.
const MOST_PASSAGES: usize = 3;

/// A query has at most this many words; nobody types more.
const MOST_WORDS: usize = 12;

/// About how many characters of a passage are shown.
const EXCERPT_CHARACTERS: usize = 240;

/// Replaces what is found of a lesson.
///
/// # Errors
/// The database failed.
pub async fn index(
    transaction: &mut Transaction<'static, Sqlite>,
    lesson_id: i64,
    lesson: &Lesson,
) -> anyhow::Result<()> {
    sqlx::query!("DELETE FROM search_passages WHERE lesson_id = ?", lesson_id)
        .execute(&mut **transaction)
        .await?;
    sqlx::query!("DELETE FROM search_lessons WHERE rowid = ?", lesson_id)
        .execute(&mut **transaction)
        .await?;
    let passages = searched::passages(lesson);
    let (mut rows, mut names, mut texts) = (Vec::new(), String::new(), String::new());
    for Passage {
        anchor,
        title,
        text,
    } in &passages
    {
        let (title_stems, text_stems) = (stems(title), stems(text));
        rows.push((anchor, title, text, format!(" {title_stems} {text_stems} ")));
        names.extend([" ", title_stems.as_str()]);
        texts.extend([" ", text_stems.as_str()]);
    }
    let (rows, title) = (serde_json::to_string(&rows)?, stems(&lesson.title));
    sqlx::query!(
        "INSERT INTO search_passages (lesson_id, position, anchor, title, text, stems)
         SELECT ?, key, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)",
        lesson_id,
        rows,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "INSERT INTO search_lessons (rowid, title, names, text) VALUES (?, ?, ?, ?)",
        lesson_id,
        title,
        names,
        texts,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn stems(text: &str) -> String {
    stem::words(text)
        .map(|word| word.stem)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the lessons in `language` say on a query, the best first.
///
/// # Errors
/// The database failed.
pub async fn find(db: &Db, query: &str, language: Language) -> anyhow::Result<Vec<Hit>> {
    let wanted: BTreeSet<String> = stem::words(query)
        .take(MOST_WORDS)
        .map(|word| word.stem)
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    // Stems are letters and digits, so that quotes around them are all that the index's syntax asks for.
    let quoted: Vec<String> = wanted.iter().map(|stem| format!("\"{stem}\"")).collect();
    let mut hits = lessons(db, &quoted.join(" AND "), &wanted, language).await?;
    if hits.is_empty() && quoted.len() > 1 {
        hits = lessons(db, &quoted.join(" OR "), &wanted, language).await?;
    }
    Ok(hits)
}

async fn lessons(
    db: &Db,
    matching: &str,
    wanted: &BTreeSet<String>,
    language: Language,
) -> anyhow::Result<Vec<Hit>> {
    let code = language.code();
    let found = sqlx::query!(
        r#"SELECT lessons.id AS "id!: i64", number AS "number!: u32", parsed ->> 'title' AS "title!: String"
           FROM (SELECT search_lessons.rowid AS id FROM search_lessons
                 JOIN lessons ON lessons.id = search_lessons.rowid
                 WHERE search_lessons MATCH ? AND language = ? AND published_version_id IS NOT NULL
                 ORDER BY bm25(search_lessons, 10.0, 4.0, 1.0), number LIMIT ?) AS best
           JOIN lessons ON lessons.id = best.id
           JOIN lesson_versions ON lesson_versions.id = published_version_id"#,
        matching,
        code,
        MOST_LESSONS,
    )
    .fetch_all(db.reader())
    .await?;
    let ids = serde_json::to_string(&found.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let passages = sqlx::query!(
        r#"SELECT lesson_id AS "lesson_id!: i64", anchor, title, text, stems FROM search_passages
           WHERE lesson_id IN (SELECT value FROM json_each(?)) ORDER BY lesson_id, position"#,
        ids,
    )
    .fetch_all(db.reader())
    .await?;
    let hits = found.into_iter().map(|lesson| {
        let own = passages
            .iter()
            .filter(|passage| passage.lesson_id == lesson.id);
        let mut scored: Vec<_> = own
            .map(|passage| {
                let has = |stem: &&String| passage.stems.contains(&format!(" {stem} "));
                (wanted.iter().filter(has).count(), passage)
            })
            .filter(|(score, _)| *score > 0)
            .collect();
        // The sort is stable: of equally good passages, the earlier ones are shown.
        scored.sort_by_key(|(score, _)| Reverse(*score));
        Hit {
            number: lesson.number,
            title: marked(&lesson.title, wanted),
            passages: scored
                .into_iter()
                .take(MOST_PASSAGES)
                .map(|(_, passage)| app::pages::search::Passage {
                    anchor: passage.anchor.clone(),
                    title: marked(&passage.title, wanted),
                    text: marked(&excerpt(&passage.text, wanted), wanted),
                })
                .collect(),
        }
    });
    Ok(hits.collect())
}

/// The part of a text around the first word that was looked for.
fn excerpt(text: &str, wanted: &BTreeSet<String>) -> String {
    if text.chars().count() <= EXCERPT_CHARACTERS {
        return text.to_owned();
    }
    let first = stem::words(text)
        .find(|word| wanted.contains(&word.stem))
        .map_or(0, |word| word.at.start);
    let before: Vec<usize> = text[..first].char_indices().map(|(byte, _)| byte).collect();
    let lead = EXCERPT_CHARACTERS / 4;
    let start = before
        .len()
        .checked_sub(lead)
        .and_then(|place| before.get(place).copied())
        .unwrap_or(0);
    // Whole words: the cut moves to the next blank.
    let start = match start {
        0 => 0,
        start => text[start..]
            .find(' ')
            .map_or(start, |blank| start + blank + 1),
    };
    let end = text[start..]
        .char_indices()
        .nth(EXCERPT_CHARACTERS)
        .map_or(text.len(), |(byte, _)| start + byte);
    let end = if end == text.len() {
        end
    } else {
        text[start..end]
            .rfind(' ')
            .map_or(end, |blank| start + blank)
    };
    let (open, close) = (
        if start > 0 { "… " } else { "" },
        if end < text.len() { " …" } else { "" },
    );
    format!("{open}{}{close}", &text[start..end])
}

/// A text in pieces, those marked that were looked for.
fn marked(text: &str, wanted: &BTreeSet<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut position = 0;
    let mut push = |text: &str, is_marked: bool| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                is_marked,
            });
        }
    };
    for word in stem::words(text).filter(|word| wanted.contains(&word.stem)) {
        push(&text[position..word.at.start], false);
        push(&text[word.at.clone()], true);
        position = word.at.end;
    }
    push(&text[position..], false);
    pieces
}

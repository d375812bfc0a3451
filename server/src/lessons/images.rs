//! Pictures beside lessons: what is one, and the table `images` of those in published versions.
//!
//! A picture's name is made from its bytes, so that browsers may keep it for ever and two versions of a lesson each have
//! their own.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use sqlx::{Sqlite, Transaction};

use crate::db::Db;

/// The largest picture, in bytes.
pub const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// How many bytes of the hash name a picture.
const NAME_BYTES: usize = 16;

/// A picture beside a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where the file is.
    pub path: PathBuf,
    /// Its name in the table.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
}

/// A kind of picture that every browser shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The extension of its name.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
}

const KINDS: [Kind; 6] = [
    kind("png", "image/png"),
    kind("jpg", "image/jpeg"),
    kind("gif", "image/gif"),
    kind("webp", "image/webp"),
    kind("avif", "image/avif"),
    kind("svg", "image/svg+xml"),
];

const fn kind(extension: &'static str, media_type: &'static str) -> Kind {
    Kind {
        extension,
        media_type,
    }
}

impl Kind {
    /// The kind of a picture with these bytes, whatever its file is called.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        let is_at = |place: usize, signature: &[u8]| {
            bytes
                .get(place..)
                .is_some_and(|rest| rest.starts_with(signature))
        };
        let place = if is_at(0, b"\x89PNG\r\n\x1a\n") {
            0
        } else if is_at(0, b"\xff\xd8\xff") {
            1
        } else if is_at(0, b"GIF87a") || is_at(0, b"GIF89a") {
            2
        } else if is_at(0, b"RIFF") && is_at(8, b"WEBP") {
            3
        } else if is_at(4, b"ftypavif") || is_at(4, b"ftypavis") {
            4
        } else if is_svg(bytes) {
            5
        } else {
            return None;
        };
        Some(KINDS[place])
    }
}

/// Whether the first element of a text is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let skipped = [("<?", "?>"), ("<!--", "-->"), ("<!", ">")]
            .into_iter()
            .find_map(|(open, close)| rest.strip_prefix(open)?.split_once(close));
        match skipped {
            Some((_, behind)) => rest = behind.trim_start(),
            None => return rest.starts_with("<svg"),
        }
    }
}

/// The name of a picture with these bytes.
pub fn name(bytes: &[u8], kind: Kind) -> String {
    let digest = Sha256::digest(bytes);
    let digits: String = digest[..NAME_BYTES]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{digits}.{}", kind.extension)
}

/// What is at a path in the folder of a lesson, which a link must not lead out of.
pub fn look(folder: &Path, relative: &str) -> Result<Image, content::Image> {
    use content::Image::{Missing, Unusable};
    let path = folder.join(relative);
    let (Ok(real_folder), Ok(real_path)) = (folder.canonicalize(), path.canonicalize()) else {
        return Err(Missing);
    };
    if !real_path.starts_with(&real_folder) {
        return Err(Unusable(
            "it is a link that leads out of the lesson's folder".to_owned(),
        ));
    }
    let metadata = fs::metadata(&real_path).map_err(|_| Missing)?;
    if !metadata.is_file() {
        return Err(Missing);
    }
    if metadata.len() > MOST_BYTES {
        return Err(Unusable(format!(
            "it has {} bytes, and a picture has at most {MOST_BYTES}",
            metadata.len()
        )));
    }
    let bytes = fs::read(&real_path).map_err(|error| Unusable(error.to_string()))?;
    match Kind::of(&bytes) {
        Some(kind) => Ok(Image {
            path,
            name: name(&bytes, kind),
            kind,
        }),
        None => Err(Unusable("its bytes are no picture".to_owned())),
    }
}

/// Keeps a picture as long as versions are kept.
///
/// # Errors
/// The file changed since it was looked at, or the database failed.
pub async fn keep(
    transaction: &mut Transaction<'static, Sqlite>,
    image: &Image,
) -> anyhow::Result<()> {
    let bytes = fs::read(&image.path)?;
    if name(&bytes, image.kind) != image.name {
        let changed = io::Error::other("the picture changed while its lesson was published");
        return Err(changed.into());
    }
    sqlx::query!(
        "INSERT INTO images (name, media_type, bytes) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
        image.name,
        image.kind.media_type,
        bytes,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// A kept picture: its media type and its bytes.
///
/// # Errors
/// The database failed.
pub async fn find(db: &Db, name: &str) -> anyhow::Result<Option<(String, Vec<u8>)>> {
    let found = sqlx::query!("SELECT media_type, bytes FROM images WHERE name = ?", name)
        .fetch_optional(db.reader())
        .await?;
    Ok(found.map(|row| (row.media_type, row.bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes_and_not_by_its_name() {
        assert_eq!(
            Kind::of(b"\x89PNG\r\n\x1a\n...").map(|kind| kind.extension),
            Some("png")
        );
        assert_eq!(
            Kind::of(b"<?xml version=\"1.0\"?>\n<!-- a -->\n<svg></svg>")
                .map(|kind| kind.extension),
            Some("svg")
        );
        for other in [
            &b"plain text"[..],
            b"<html><svg></svg></html>",
            b"MZ\x90",
            b"",
            b"\xff\xfe",
        ] {
            assert_eq!(Kind::of(other), None);
        }
    }
}

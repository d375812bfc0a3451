//! The published lessons, as readers get them. A version is read from the database and decoded once.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use app::{
    api::{ItemId, ItemKind},
    text::Language,
};
use content::lesson::Lesson;

use crate::db::Db;

/// The number of a lesson in one language in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct LessonId(pub i64);

/// The number of a version in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct VersionId(pub i64);

/// A published version of a lesson.
#[derive(Debug)]
pub struct Published {
    /// The lesson in its language.
    pub lesson_id: LessonId,
    /// The version.
    pub version_id: VersionId,
    /// Its content.
    pub lesson: Arc<Lesson>,
    items: HashMap<(ItemKind, usize), ItemId>,
    places: HashMap<ItemId, (ItemKind, usize)>,
}

impl Published {
    /// A lesson that is not published, with items that no database has.
    pub fn preview(lesson: Arc<Lesson>) -> Published {
        let places = (0..lesson.quiz.len()).map(|position| (ItemKind::Quiz, position));
        let numbered: Vec<_> = (1..).map(|number| ItemId(-number)).zip(places).collect();
        Published {
            lesson_id: LessonId(0),
            version_id: VersionId(0),
            lesson,
            items: numbered
                .iter()
                .map(|(item, place)| (*place, *item))
                .collect(),
            places: numbered.into_iter().collect(),
        }
    }

    /// The language of the lesson.
    pub fn language(&self) -> Language {
        self.lesson.language.into()
    }

    /// The item at a place among the lesson's questions, concepts, pitfalls or plan rows.
    pub fn item(&self, kind: ItemKind, position: usize) -> Option<ItemId> {
        self.items.get(&(kind, position)).copied()
    }

    /// The place of an item of this version.
    pub fn place(&self, item: ItemId) -> Option<(ItemKind, usize)> {
        self.places.get(&item).copied()
    }

    /// The items of one kind, in order.
    pub fn items_of(&self, kind: ItemKind) -> impl Iterator<Item = ItemId> {
        (0..).map_while(move |position| self.item(kind, position))
    }
}

/// What an address of a lesson leads to.
#[derive(Clone, Debug)]
pub enum Found {
    /// The lesson, and whether it is published in the other language too.
    Here {
        /// The lesson.
        published: Arc<Published>,
        /// Whether it is published in the other language too.
        other_language: bool,
    },
    /// It is published in the other language only.
    OtherLanguageOnly,
    /// There is no such lesson.
    Nowhere,
}

/// The shelf of published lessons.
#[derive(Clone, Debug)]
pub struct Library {
    db: Db,
    decoded: Arc<RwLock<HashMap<i64, Arc<Published>>>>,
}

impl Library {
    /// An empty shelf in front of `db`.
    pub fn new(db: Db) -> Library {
        Library {
            db,
            decoded: Arc::default(),
        }
    }

    /// The published version of lesson `number` in `language`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, number: u32, language: Language) -> anyhow::Result<Found> {
        let rows = sqlx::query!(
            r#"SELECT language, published_version_id AS "version_id!: i64" FROM lessons
               WHERE number = ? AND published_version_id IS NOT NULL"#,
            number,
        )
        .fetch_all(self.db.reader())
        .await?;
        match rows.iter().find(|row| row.language == language.code()) {
            Some(row) => Ok(Found::Here {
                published: self.version(VersionId(row.version_id)).await?,
                other_language: rows.len() > 1,
            }),
            None if rows.is_empty() => Ok(Found::Nowhere),
            None => Ok(Found::OtherLanguageOnly),
        }
    }

    /// Every published lesson in `language`, by number.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self, language: Language) -> anyhow::Result<Vec<Arc<Published>>> {
        let code = language.code();
        let versions = sqlx::query_scalar!(
            r#"SELECT published_version_id AS "version_id!: i64" FROM lessons
               WHERE language = ? AND published_version_id IS NOT NULL ORDER BY number"#,
            code,
        )
        .fetch_all(self.db.reader())
        .await?;
        let mut lessons = Vec::with_capacity(versions.len());
        for version in versions {
            lessons.push(self.version(VersionId(version)).await?);
        }
        Ok(lessons)
    }

    /// The titles of the published lessons in `language` among `numbers`, by number.
    ///
    /// # Errors
    /// The database failed.
    pub async fn titles(
        &self,
        numbers: &[u32],
        language: Language,
    ) -> anyhow::Result<BTreeMap<u32, String>> {
        if numbers.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (numbers, code) = (serde_json::to_string(numbers)?, language.code());
        let rows = sqlx::query!(
            r#"SELECT number AS "number!: u32", parsed ->> 'title' AS "title!: String" FROM lessons
               JOIN lesson_versions ON lesson_versions.id = published_version_id
               WHERE language = ? AND number IN (SELECT value FROM json_each(?))"#,
            code,
            numbers,
        )
        .fetch_all(self.db.reader())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.number, row.title))
            .collect())
    }

    /// The published version that has `item`; nothing when it is retired or unknown.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_item(&self, item: ItemId) -> anyhow::Result<Option<Arc<Published>>> {
        let version = sqlx::query_scalar!(
            r#"SELECT version_id AS "version_id!: i64" FROM items
               JOIN lessons ON lessons.id = items.lesson_id
               JOIN version_items
                 ON version_items.item_id = items.id AND version_items.version_id = lessons.published_version_id
               WHERE items.id = ?"#,
            item.0,
        )
        .fetch_optional(self.db.reader())
        .await?;
        match version {
            Some(version) => Ok(Some(self.version(VersionId(version)).await?)),
            None => Ok(None),
        }
    }

    /// The published version that has `item`, or, where it is retired, the last that had it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_item_also_retired(
        &self,
        item: ItemId,
    ) -> anyhow::Result<Option<Arc<Published>>> {
        if let Some(published) = self.of_item(item).await? {
            return Ok(Some(published));
        }
        let version = sqlx::query_scalar!(
            r#"SELECT max(version_id) AS "version_id: i64" FROM version_items WHERE item_id = ?"#,
            item.0,
        )
        .fetch_one(self.db.reader())
        .await?;
        match version {
            // Asked for so seldom that it need not be kept.
            Some(version) => Ok(Some(Arc::new(self.decode(VersionId(version)).await?))),
            None => Ok(None),
        }
    }

    async fn version(&self, version_id: VersionId) -> anyhow::Result<Arc<Published>> {
        let decoded = self
            .decoded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&version_id.0)
            .cloned();
        if let Some(published) = decoded {
            return Ok(published);
        }
        let published = Arc::new(self.decode(version_id).await?);
        let mut decoded = self.decoded.write().unwrap_or_else(PoisonError::into_inner);
        // An older version of the same lesson is not read again.
        decoded.retain(|_, other| other.lesson_id != published.lesson_id);
        decoded.insert(version_id.0, Arc::clone(&published));
        Ok(published)
    }

    async fn decode(&self, version_id: VersionId) -> anyhow::Result<Published> {
        let version = sqlx::query!(
            r#"SELECT lesson_id AS "lesson_id: LessonId", parsed FROM lesson_versions WHERE id = ?"#,
            version_id,
        )
        .fetch_one(self.db.reader())
        .await?;
        let rows = sqlx::query!(
            r#"SELECT item_id, kind, position FROM version_items JOIN items ON items.id = item_id WHERE version_id = ?"#,
            version_id,
        )
        .fetch_all(self.db.reader())
        .await?;
        let mut items = HashMap::new();
        let mut places = HashMap::new();
        for row in rows {
            let place = ItemKind::from_name(&row.kind).zip(usize::try_from(row.position).ok());
            if let Some(place) = place {
                items.insert(place, ItemId(row.item_id));
                places.insert(ItemId(row.item_id), place);
            }
        }
        let lesson = Arc::new(serde_json::from_str(&version.parsed)?);
        Ok(Published {
            lesson_id: version.lesson_id,
            version_id,
            lesson,
            items,
            places,
        })
    }
}

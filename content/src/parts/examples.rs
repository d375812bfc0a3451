//! Examples: a `###` heading and what follows it.

use pulldown_cmark::{HeadingLevel, Tag};

use super::{Context, Prose, items};
use crate::{
    document::{self, Spanned},
    html,
    lesson::Example,
    outline::Chapter,
};

pub(super) fn read(chapter: &Chapter, prose: &mut Prose, context: &mut Context) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for &block in &chapter.blocks {
        if is_heading(block) {
            let (title, id) = items::cut_id(document::inside(block));
            let title = document::plain(&title).trim().to_owned();
            let key = context.keys.item("example", &title, id, context.report);
            examples.push(Example {
                key,
                title,
                body: Default::default(),
            });
        } else if let Some(example) = examples.last_mut() {
            example.body.0.push_str(&html::render_block(block).0);
        } else {
            prose.show_before(block);
        }
    }
    examples
}

fn is_heading(block: &[Spanned]) -> bool {
    matches!(
        document::tag(block),
        Some(Tag::Heading {
            level: HeadingLevel::H3,
            ..
        })
    )
}

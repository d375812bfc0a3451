//! Whether all nine sections are there, and in order.

use super::{Outline, TITLES};
use crate::{diagnostic::Code, lesson::SectionKind, report::Report};

/// Reports sections that stand out of order or are missing.
pub(super) fn check(outline: &Outline, cut_off_at: Option<usize>, report: &mut Report) {
    check_order(outline, report);
    check_missing(outline, cut_off_at, report);
}

/// The English title of a kind, by which diagnostics call it.
fn title_of(kind: SectionKind) -> &'static str {
    TITLES[kind as usize][0]
}

/// Reports the fewest sections that would have to move.
fn check_order(outline: &Outline, report: &mut Report) {
    let kinds: Vec<usize> = outline
        .chapters
        .iter()
        .map(|chapter| chapter.kind as usize)
        .collect();
    let in_order = longest_rising(&kinds);
    for (place, chapter) in outline.chapters.iter().enumerate() {
        if in_order.contains(&place) {
            continue;
        }
        let following = SectionKind::ALL[chapter.kind as usize + 1..]
            .first()
            .copied();
        let wanted = match following {
            Some(next) => format!("before `{}`", title_of(next)),
            None => "at the end".to_owned(),
        };
        report.add(
            Code::SectionMisplaced,
            chapter.heading.clone(),
            format!("the section `{}` stands out of order", chapter.title),
            format!("move it: it belongs {wanted}"),
        );
    }
}

/// The places of the longest rising run of numbers; of several, the one that begins and goes on earliest.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // `lengths[place]`: how many rise from there to the end.
    let mut lengths = vec![1_usize; numbers.len()];
    for place in (0..numbers.len()).rev() {
        for later in place + 1..numbers.len() {
            if numbers[later] > numbers[place] {
                lengths[place] = lengths[place].max(lengths[later] + 1);
            }
        }
    }
    let mut rising: Vec<usize> = Vec::new();
    let mut wanted = lengths.iter().copied().max().unwrap_or(0);
    for place in 0..numbers.len() {
        if lengths[place] == wanted
            && rising
                .last()
                .is_none_or(|&last| numbers[last] < numbers[place])
        {
            rising.push(place);
            wanted -= 1;
        }
    }
    rising
}

/// A missing section is reported at the heading behind which it belongs, else at the one before which it does.
fn check_missing(outline: &Outline, cut_off_at: Option<usize>, report: &mut Report) {
    for kind in SectionKind::ALL {
        if outline.chapters.iter().any(|chapter| chapter.kind == kind) {
            continue;
        }
        let earlier = outline
            .chapters
            .iter()
            .filter(|chapter| (chapter.kind as usize) < kind as usize);
        let later = outline
            .chapters
            .iter()
            .filter(|chapter| chapter.kind as usize > kind as usize);
        let before = later.min_by_key(|chapter| chapter.kind as usize);
        if cut_off_at.is_some() && before.is_none() {
            continue;
        }
        let title = title_of(kind);
        let (place, message) = match (earlier.max_by_key(|chapter| chapter.kind as usize), before) {
            (Some(behind), _) => (
                behind.heading.clone(),
                format!("the section `{title}` is missing behind `{}`", behind.title),
            ),
            (None, Some(before)) => (
                before.heading.clone(),
                format!("the section `{title}` is missing before `{}`", before.title),
            ),
            (None, None) => (0..1, format!("the section `{title}` is missing")),
        };
        report.add(
            Code::SectionMissing,
            place,
            message,
            format!(
                "write `## {}. {title}` (Bulgarian: `{}`), or name your own title under `sections` in the front matter",
                kind as usize + 1,
                TITLES[kind as usize][1]
            ),
        );
    }
}

//! Flamegraphs: profiles as pictures. Each frame is as wide as its share of the samples and stands on the frame that
//! called it.
//!
//! The pictures are static: what `inferno` adds for clicking and searching is taken out, so that a learner's names reach no
//! script, and colours for dark pages are put in its place.

use std::io;

use exercises::profile::{Lines, Profile, Stack, folded, samples};
use inferno::{
    differential,
    flamegraph::{self, Options, Palette, TextTruncateDirection, color::MultiPalette},
};

#[cfg(test)]
mod tests;

/// What a flamegraph is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Side {
    /// The starter.
    Before,
    /// The submission.
    After,
    /// The submission, with what takes longer than in the starter in red, and what takes less time in blue.
    Difference {
        /// The starter's time over the submission's.
        speedup: f64,
    },
}

impl Side {
    /// The side with this name in an address; there is no difference without a speed-up.
    pub fn from_name(name: &str, speedup: Option<f64>) -> Option<Side> {
        match name {
            "before" => Some(Side::Before),
            "after" => Some(Side::After),
            "difference" => speedup.map(|speedup| Side::Difference { speedup }),
            _ => None,
        }
    }
}

/// The width of a picture, in its own units: that of the page's column, so that letters have their size there.
const WIDTH: usize = 700;

/// The narrowest frame that is drawn, in percent of the whole: what is narrower cannot be read, and makes a tall picture.
const NARROWEST_PERCENT: f64 = 0.5;

/// Replaces the script: nothing to click is shown, and dark pages get dark paper. Names stay dark on the light frames.
const STYLE: &str = "<style>#title,#details,#unzoom,#search,#matched{display:none}svg>rect{fill:#fcfdfb}#frames text{fill:#000}#frames rect{stroke:#7d8b87;stroke-width:.5}\
                     @media (prefers-color-scheme:dark){svg>rect{fill:#13191a}}</style>";

/// Draws a profile.
///
/// # Errors
/// There is nothing to draw.
pub fn svg(profile: &Profile, side: Side) -> io::Result<String> {
    let lines = match side {
        Side::Before => folded(&profile.before, Lines::Named),
        Side::After => folded(&profile.after, Lines::Named),
        Side::Difference { speedup } => difference(&profile.before, &profile.after, speedup)?,
    };
    let mut options = Options::default();
    options.colors = Palette::Multi(MultiPalette::Rust);
    options.deterministic = true;
    options.title = String::new();
    options.image_width = Some(WIDTH);
    options.min_width = NARROWEST_PERCENT;
    options.frame_height = 20;
    options.font_size = 12;
    options.font_type = "monospace".to_owned();
    options.text_truncate_direction = TextTruncateDirection::Right;
    options.no_javascript = true;
    let mut svg = Vec::new();
    flamegraph::from_lines(&mut options, lines.iter().map(String::as_str), &mut svg)?;
    static_picture(&String::from_utf8(svg).map_err(io::Error::other)?)
        .ok_or_else(|| io::Error::other("the flamegraph's frame is not the one that is known"))
}

/// The stacks of both, without lines, each with how often it was seen before and after. Both programs were looked at for
/// the same time, in which the faster one answers more calls: the counts before are scaled to as many calls as after.
fn difference(before: &[Stack], after: &[Stack], speedup: f64) -> io::Result<Vec<String>> {
    let scale = speedup * f64::from(samples(after)) / f64::from(samples(before).max(1));
    let scaled: Vec<Stack> = before
        .iter()
        .map(|stack| Stack {
            frames: stack.frames.clone(),
            samples: (f64::from(stack.samples) * scale).round() as u32,
        })
        .collect();
    let [before, after] = [&scaled, after].map(|stacks| folded(stacks, Lines::Left).join("\n"));
    let mut compared = Vec::new();
    differential::from_readers(
        differential::Options::default(),
        before.as_bytes(),
        after.as_bytes(),
        &mut compared,
    )?;
    let compared = String::from_utf8(compared).map_err(io::Error::other)?;
    let mut lines: Vec<String> = compared.lines().map(str::to_owned).collect();
    lines.sort();
    Ok(lines)
}

/// The picture without its script. What is looked for comes before the first name, and names are escaped.
fn static_picture(svg: &str) -> Option<String> {
    let (head, rest) = svg.split_once("<script")?;
    let (_, frames) = rest.split_once("</script>")?;
    let head = head.replace(r#" onload="init(evt)""#, "");
    Some(format!("{head}{STYLE}{frames}"))
}

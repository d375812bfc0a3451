//! Formulas and diagrams: which of them cannot be shown as what they are.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{diagnostic::Code, diagram, document::Spanned, fence::Info, formula, report::Report};

/// Looks at every formula and diagram of a lesson; says whether there was one.
pub(crate) fn check(events: &[Spanned], report: &mut Report) -> bool {
    let mut any = false;
    let mut diagram: Option<String> = None;
    for (event, range) in events {
        match event {
            Event::InlineMath(latex) | Event::DisplayMath(latex) => {
                any = true;
                let is_block = matches!(event, Event::DisplayMath(_));
                if let Err(reason) = formula::mathml(latex, is_block) {
                    report.add(
                        Code::FormulaUnreadable,
                        range.clone(),
                        format!("this formula cannot be read and is shown as its source: {reason}"),
                        "correct the LaTeX; to write a plain `$`, write `\\$`",
                    );
                }
            }
            Event::Start(Tag::CodeBlock(kind)) if Info::of(kind).language == diagram::LANGUAGE => {
                any = true;
                diagram = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(source) = &mut diagram {
                    source.push_str(text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(source) = diagram.take()
                    && let Err(reason) = diagram::svg(&source, "checked")
                {
                    report.add(
                        Code::DiagramUnreadable,
                        range.clone(),
                        format!("this diagram cannot be drawn and is shown as its source: {reason}"),
                        "correct it; what Mermaid understands is described at https://mermaid.js.org",
                    );
                }
            }
            _ => {}
        }
    }
    any
}

//! Formulas: LaTeX between `$` signs becomes MathML, which browsers show without a script.
//!
//! `math-core` was chosen among the crates that do this since its MathML needs no font and no style sheet of its own.

use std::{borrow::Cow, panic, sync::LazyLock};

use ammonia::Builder;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// More LaTeX than this is no formula.
const MOST_BYTES: usize = 4 * 1024;

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(|| {
    LatexToMathML::new(MathCoreConfig::default()).expect("the configuration defines no macros")
});

/// A formula as MathML; `is_block` gives it a line of its own.
///
/// # Errors
/// What is wrong with it, in the words of the converter.
pub(crate) fn mathml(latex: &str, is_block: bool) -> Result<String, String> {
    if latex.len() > MOST_BYTES {
        return Err(format!("it is longer than {MOST_BYTES} bytes"));
    }
    let display = if is_block {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    // Somebody else's parser meets whatever an author is typing: its mistakes must not take the page down.
    let converted = panic::catch_unwind(|| CONVERTER.convert_with_local_state(latex, display));
    match converted {
        Ok(Ok(converted)) => Ok(sanitised(&converted.mathml)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it cannot be converted".to_owned()),
    }
}

fn sanitised(mathml: &str) -> String {
    // The policy of our pages allows no style attributes; those that align equations become classes.
    let with_classes = mathml
        .replace(
            "style=\"text-align: right;justify-items: end;padding-right: 0;\"",
            "class=\"math-end\"",
        )
        .replace(
            "style=\"text-align: left;justify-items: start;padding-left: 0;\"",
            "class=\"math-start\"",
        )
        .replace(
            "style=\"text-align: left;justify-items: start;\"",
            "class=\"math-start\"",
        )
        .replace(
            "style=\"text-align: right;justify-items: end;\"",
            "class=\"math-end\"",
        );
    SANITISER.clean(&with_classes).to_string()
}

/// The elements of MathML Core that show something. None of them links, embeds or runs anything.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(
            [
                "math",
                "mrow",
                "mi",
                "mo",
                "mn",
                "ms",
                "mspace",
                "mtext",
                "mfrac",
                "msqrt",
                "mroot",
                "mpadded",
                "mphantom",
                "menclose",
                "msub",
                "msup",
                "msubsup",
                "munder",
                "mover",
                "munderover",
                "mmultiscripts",
                "mprescripts",
                "mtable",
                "mtr",
                "mtd",
                "merror",
                "mstyle",
            ]
            .into(),
        )
        .generic_attributes(
            [
                "accent",
                "accentunder",
                "class",
                "columnspan",
                "depth",
                "display",
                "displaystyle",
                "form",
                "height",
                "largeop",
                "linethickness",
                "lspace",
                "mathvariant",
                "maxsize",
                "minsize",
                "movablelimits",
                "notation",
                "rowspan",
                "rspace",
                "scriptlevel",
                "separator",
                "stretchy",
                "symmetric",
                "voffset",
                "width",
            ]
            .into(),
        )
        .attribute_filter(|_, attribute, value| {
            let is_allowed = attribute != "class" || value.starts_with("math-");
            is_allowed.then_some(Cow::Borrowed(value))
        });
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml() {
        assert_eq!(
            mathml(r"L = \lambda W", false).expect("it is LaTeX"),
            "<math><mi>L</mi><mo>=</mo><mi>λ</mi><mi>W</mi></math>"
        );
    }

    #[test]
    fn what_is_no_latex_is_told() {
        assert!(mathml(r"\frac{a}{", false).is_err());
        assert!(mathml(r"\href{javascript:alert(1)}{x}", false).is_err());
        assert!(mathml(&"x".repeat(MOST_BYTES + 1), false).is_err());
    }

    #[test]
    fn text_in_a_formula_stays_text() {
        let shown = mathml(r"\text{<script>alert(1)</script>}", false).expect("it is LaTeX");
        assert!(!shown.contains("<script"), "{shown}");
    }

    #[test]
    fn aligned_equations_need_no_style_attribute() {
        let shown =
            mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", true).expect("it is LaTeX");
        assert!(!shown.contains(" style="), "{shown}");
        assert!(shown.contains("math-end"), "{shown}");
    }
}

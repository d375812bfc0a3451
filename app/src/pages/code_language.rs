//! The language that an exercise is solved in: the choice, what compiles it, and what is around the function to write.

use leptos::prelude::*;

use super::text::code_language::CodeLanguageText;
use crate::text::{Language, format};

/// The language of a solution as the page of an exercise tells it.
#[derive(Clone, Debug)]
pub struct CodeLanguageView {
    /// The languages that the exercise is offered in.
    pub choices: Vec<CodeLanguageChoice>,
    /// The compiler's name and version; nothing where it is not installed, or not known yet.
    pub compiler: Option<String>,
    /// The flags that matter to the speed of a program.
    pub flags: Vec<String>,
    /// Processor time of each run of the compiler, in seconds.
    pub compiler_seconds: u64,
    /// Memory of each run of the compiler, in bytes.
    pub compiler_memory_bytes: u64,
    /// What has to be known besides the function, in the language itself; may be empty.
    pub surroundings: String,
}

/// A language to choose.
#[derive(Clone, Debug)]
pub struct CodeLanguageChoice {
    /// Its name in addresses.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Whether it is the one that the page shows.
    pub is_current: bool,
    /// Whether its compiler is there, as far as is known.
    pub is_installed: bool,
}

/// The choice, as links to the same page; nothing where there is only one language.
pub(super) fn choice(
    view: &CodeLanguageView,
    slug: &str,
    language: Language,
) -> Option<impl IntoView + use<>> {
    let text = CodeLanguageText::of(language);
    if view.choices.len() < 2 {
        return None;
    }
    let page = format!("/{}/exercises/{slug}", language.code());
    let links = view.choices.clone().into_iter().map(move |choice| {
        let note = (!choice.is_installed).then(|| format!(" ({})", text.not_installed));
        view! {
            <a
                class=if choice.is_current { "button" } else { "button quiet" }
                href=format!("{page}?language={}", choice.name)
                aria-current=choice.is_current.then_some("true")
            >
                {choice.title}
                {note}
            </a>
        }
    });
    Some(view! {
        <nav class="actions" aria-label=text.choice>
            {links.collect_view()}
        </nav>
    })
}

/// The compiler with its flags and limits, as one of the facts.
pub(super) fn compiler(view: &CodeLanguageView, language: Language) -> impl IntoView + use<> {
    let text = CodeLanguageText::of(language);
    let memory = format::memory(view.compiler_memory_bytes, language);
    let limits = (text.compiler_limits)(view.compiler_seconds, &memory);
    let compiler = view
        .compiler
        .clone()
        .unwrap_or_else(|| text.not_installed.to_owned());
    let flags =
        (!view.flags.is_empty()).then(|| view! { <div><code>{view.flags.join(" ")}</code></div> });
    view! {
        <div>
            <dt>{text.compiler}</dt>
            <dd>
                {compiler}
                {flags}
                <div class="small">{limits}</div>
            </dd>
        </div>
    }
}

/// What is around the function, and how memory is shared; nothing where the function says it all.
pub(super) fn surroundings(
    view: &CodeLanguageView,
    code_language: &str,
    language: Language,
) -> Option<impl IntoView + use<>> {
    let text = CodeLanguageText::of(language);
    let memory = (text.memory)(code_language);
    if view.surroundings.is_empty() && memory.is_none() {
        return None;
    }
    let code = (!view.surroundings.is_empty())
        .then(|| view! { <pre><code>{view.surroundings.clone()}</code></pre> });
    Some(view! {
        <details class="surroundings" open>
            <summary>{text.surroundings}</summary>
            {code}
            {memory.map(|memory| view! { <p class="small">{memory}</p> })}
        </details>
    })
}

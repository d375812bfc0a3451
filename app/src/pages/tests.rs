//! Pages as a browser gets them.

pub(crate) mod builders;
mod findings;
mod lesson;
mod others;
mod world;

use builders::{every_page, shell, target};

use super::*;

#[test]
fn no_page_has_what_the_security_policy_forbids() {
    for (name, html) in every_page() {
        assert!(!html.contains(" style="), "{name} has a style attribute");
        assert!(!html.contains("<style"), "{name} has a style element");
        for script in html.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').expect("a tag ends");
            assert!(
                tag.contains("src=") && tag.contains("nonce=\"n0nce\""),
                "{name}: {tag}"
            );
            assert!(rest.starts_with("</script>"), "{name} has an inline script");
        }
    }
}

#[test]
fn the_nonce_is_in_no_islands_props() {
    for (name, html) in every_page() {
        for props in html.split("data-props=\"").skip(1) {
            let props = props.split('"').next().unwrap_or_default();
            assert!(!props.contains("n0nce"), "{name}: {props}");
        }
    }
}

#[test]
fn every_page_says_its_language_and_has_one_heading_a_way_past_the_header_and_unique_ids() {
    for (name, html) in every_page() {
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\">"),
            "{name}"
        );
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(target(&html, "Skip to the content"), "#content", "{name}");
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name} repeats an id");
    }
}

#[test]
fn the_language_switch_leads_to_the_same_page() {
    let html = home::render(
        &shell("/review"),
        home::HomeView {
            lessons: Vec::new(),
        },
    );
    assert_eq!(target(&html, "Български"), "/bg/review");
}

#[test]
fn a_page_that_went_wrong_switches_to_the_course_in_the_other_language() {
    let mut shell = shell("/nowhere");
    shell.language = Language::Bulgarian;
    let html = error::render(&shell, error::ErrorView::NotFound);
    assert_eq!(target(&html, "English"), "/en/");
}

#[test]
fn pages_without_islands_load_no_script() {
    let html = home::render(
        &shell("/"),
        home::HomeView {
            lessons: Vec::new(),
        },
    );
    assert!(!html.contains("<script"));
}

//! axe-core finds nothing on any page, in either language, light or dark, on a phone or a desk.

use std::fs;

use anyhow::ensure;

use crate::harness::{Lab, Scripts, workspace};

/// Widths in CSS pixels, with heights, and colour schemes.
const LOOKS: [(u32, u32, &str); 4] = [
    (360, 740, "light"),
    (360, 740, "dark"),
    (1440, 900, "dark"),
    (1440, 900, "light"),
];

/// Lets axe look at the page in every look.
pub async fn axe_finds_nothing(lab: &Lab, page: &str) -> anyhow::Result<()> {
    let axe = fs::read_to_string(workspace().join("app/node_modules/axe-core/axe.min.js"))?;
    for (width, height, scheme) in LOOKS {
        lab.looks(width, height, scheme).await?;
        lab.driver.execute(axe.as_str(), vec![]).await?;
        let script = "const done = arguments[arguments.length - 1]; \
                      axe.run().then(found => done(found.violations.map(violation => \
                          violation.id + ': ' + violation.help + ' ' + \
                          violation.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' | '))))";
        let found = lab.driver.execute_async(script, vec![]).await?;
        let found: Vec<String> = found.convert()?;
        ensure!(
            found.is_empty(),
            "{page} at {width} px, {scheme}: {found:#?}"
        );
        let wide =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wide = lab.driver.execute(wide, vec![]).await?;
        ensure!(
            *wide.json() == 0,
            "{page} at {width} px is {} px too wide",
            wide.json()
        );
    }
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_while_reading_and_answering() -> anyhow::Result<()> {
    Lab::tell("axe-lesson", Scripts::On, async |lab| {
        for page in [
            "/bg/",
            "/en/",
            "/bg/lessons/22",
            "/en/lessons/22",
            "/bg/nowhere",
        ] {
            lab.visit(page).await?;
            axe_finds_nothing(lab, page).await?;
        }
        lab.visit("/bg/lessons/22").await?;
        lab.wakes().await?;
        lab.write(".quiz-list > li:first-child textarea", "отговор")
            .await?;
        lab.press(".quiz-list > li:first-child form.answer button")
            .await?;
        lab.see("form.rating").await?;
        axe_finds_nothing(lab, "an answered question").await?;
        lab.press("form.rating button[value=\"3\"]").await?;
        lab.see(".scheduled").await?;
        lab.press("#finish button").await?;
        lab.see(".finished").await?;
        axe_finds_nothing(lab, "a finished lesson").await
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_review() -> anyhow::Result<()> {
    Lab::tell("axe-review", Scripts::On, async |lab| {
        for page in ["/bg/review", "/en/review"] {
            lab.visit(page).await?;
            axe_finds_nothing(lab, page).await?;
        }
        lab.visit("/bg/lessons/22").await?;
        lab.press("#finish button").await?;
        lab.see(".finished").await?;
        lab.days_pass(1);
        lab.visit("/bg/review").await?;
        lab.wakes().await?;
        axe_finds_nothing(lab, "a due question").await?;
        lab.answers_and_rates("section.question", 3).await?;
        lab.see("#next").await?;
        axe_finds_nothing(lab, "a rated question").await
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_at_the_workbench() -> anyhow::Result<()> {
    Lab::tell("axe-exercise", Scripts::On, async |lab| {
        for page in ["/en/exercises/memoize", "/bg/exercises/memoize"] {
            lab.visit(page).await?;
            lab.wakes().await?;
            lab.see(".cm-content").await?;
            axe_finds_nothing(lab, page).await?;
        }
        lab.press(".workbench form button[type=submit]").await?;
        lab.drain().await?;
        lab.see(".workbench .verdict").await?;
        axe_finds_nothing(lab, "a verdict").await?;
        lab.visit("/bg/exercises/memoize").await?;
        lab.press(".attempts tbody a").await?;
        lab.see(".submitted").await?;
        axe_finds_nothing(lab, "a submission's page").await
    })
    .await
}

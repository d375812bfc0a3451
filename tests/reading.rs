//! Reading: the course, a lesson, its index, its other language, and addresses that lead nowhere.

use anyhow::ensure;
use thirtyfour::prelude::*;

use crate::harness::{Lab, Scripts};

#[tokio::test]
async fn a_learner_reads_the_lesson_and_sees_where_they_are_in_it() -> anyhow::Result<()> {
    Lab::tell("read-a-lesson", Scripts::On, async |lab| {
        lab.visit("/").await?;
        ensure!(lab.place().await? == "/bg/", "Bulgarian comes first");
        lab.press(".lesson-entry h3 a").await?;
        lab.read("h1", "латентност").await?;
        ensure!(lab.count(".lesson-body > section").await? == 9);
        ensure!(lab.count(".concept").await? == 7);
        ensure!(lab.count(".pitfall").await? == 5);
        ensure!(lab.count("section.question").await? == 7);
        ensure!(lab.count(".plan-table tbody tr").await? == 4);
        lab.wakes().await?;
        lab.press(".section-index li:nth-child(6) a").await?;
        lab.see(".section-index li:nth-child(6) a[aria-current=location]")
            .await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_same_page_is_one_click_away_in_the_other_language() -> anyhow::Result<()> {
    Lab::tell("switch-language", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.press(".switch").await?;
        lab.read("h1", "latency").await?;
        ensure!(lab.place().await? == "/en/lessons/22");
        lab.press(".switch").await?;
        lab.read("h1", "латентност").await
    })
    .await
}

#[tokio::test]
async fn an_address_that_leads_nowhere_shows_the_way_back() -> anyhow::Result<()> {
    Lab::tell("nowhere", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/404").await?;
        lab.press("main a[href=\"/bg/\"]").await?;
        lab.see(".lesson-entry").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_reader_downloads_no_editor() -> anyhow::Result<()> {
    Lab::tell("no-editor", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.wakes().await?;
        let script = "return performance.getEntriesByType('resource').map(entry => entry.name)";
        let fetched = lab.driver.execute(script, vec![]).await?;
        let fetched: Vec<String> = fetched.convert()?;
        ensure!(
            fetched.iter().any(|url| url.ends_with(".wasm")),
            "{fetched:?}"
        );
        ensure!(
            !fetched.iter().any(|url| url.contains("editor")),
            "{fetched:?}"
        );
        ensure!(lab.driver.find_all(By::Css(".cm-editor")).await?.is_empty());
        Ok(())
    })
    .await
}

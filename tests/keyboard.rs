//! Everything with the keyboard alone; each stop of the focus can be seen.

use anyhow::ensure;
use thirtyfour::prelude::*;

use crate::harness::{Lab, Scripts};

#[tokio::test]
async fn the_first_stop_skips_to_the_content() -> anyhow::Result<()> {
    Lab::tell("skip-link", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.tabs_to(".skip").await?;
        lab.keys(Key::Enter + "").await?;
        ensure!(lab.focus().await?.id().await?.as_deref() == Some("content"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_question_is_answered_and_rated_with_the_keyboard() -> anyhow::Result<()> {
    Lab::tell("keyboard-quiz", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.wakes().await?;
        lab.tabs_to("section.question textarea").await?;
        lab.keys("от клавиатурата").await?;
        lab.keys(Key::Control + Key::Enter).await?;
        lab.see("form.rating").await?;
        lab.tabs_to("form.rating button[value=\"4\"]").await?;
        lab.keys(Key::Enter + "").await?;
        lab.see(".scheduled").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_review_is_rated_with_a_digit() -> anyhow::Result<()> {
    Lab::tell("keyboard-review", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.tabs_to("#finish button").await?;
        lab.keys(Key::Enter + "").await?;
        lab.see(".finished").await?;
        lab.days_pass(1);
        lab.visit("/bg/review").await?;
        lab.wakes().await?;
        lab.see("form.answer textarea:focus").await?;
        lab.keys("по памет").await?;
        lab.keys(Key::Control + Key::Enter).await?;
        lab.see("form.rating").await?;
        lab.keys("3").await?;
        lab.see("#next").await?;
        ensure!(lab.focus().await?.id().await?.as_deref() == Some("next"));
        lab.keys(Key::Enter + "").await?;
        lab.read(".review-count", "10").await
    })
    .await
}

#[tokio::test]
async fn a_solution_is_written_and_submitted_with_the_keyboard() -> anyhow::Result<()> {
    Lab::tell("keyboard-exercise", Scripts::On, async |lab| {
        lab.visit("/bg/exercises/memoize").await?;
        lab.wakes().await?;
        lab.see(".cm-content").await?;
        lab.tabs_to(".cm-content").await?;
        lab.keys(Key::Control + "a").await?;
        // Typing over coloured text would make Chromium carry the colour on in a style of its own, which the page forbids.
        lab.keys(Key::Delete + "").await?;
        lab.keys("pub fn answer_all(queries: Vec<u32>) -> Vec<u64> { vec![0; queries.len()] }")
            .await?;
        lab.tabs_to(".workbench form button[type=submit]").await?;
        lab.keys(Key::Enter + "").await?;
        lab.see(".stages").await?;
        lab.drain().await?;
        lab.read(".workbench .verdict", "очаквано").await
    })
    .await
}

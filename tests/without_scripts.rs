//! Quiz and review in a browser that runs no scripts: ordinary forms, ordinary page loads, nothing stored twice.

use anyhow::ensure;

use crate::harness::{Lab, Scripts};

const FIRST: &str = ".quiz-list > li:first-child";

#[tokio::test]
async fn the_quiz_works_by_page_loads() -> anyhow::Result<()> {
    Lab::tell("quiz-without-scripts", Scripts::Off, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.write(&format!("{FIRST} textarea"), "без скриптове")
            .await?;
        lab.press(&format!("{FIRST} form.answer button")).await?;
        lab.read(&format!("{FIRST} .given"), "без скриптове")
            .await?;
        lab.press(&format!(
            "{FIRST} .rating label.choice:nth-of-type(1) input"
        ))
        .await?;
        lab.press(&format!("{FIRST} button[value=\"2\"]")).await?;
        lab.read(&format!("{FIRST} .scheduled"), "25 ноември 2026")
            .await
    })
    .await
}

#[tokio::test]
async fn going_back_shows_what_was_stored_and_offers_no_second_rating() -> anyhow::Result<()> {
    Lab::tell("go-back", Scripts::Off, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.write(&format!("{FIRST} textarea"), "веднъж").await?;
        lab.press(&format!("{FIRST} form.answer button")).await?;
        lab.press(&format!("{FIRST} button[value=\"3\"]")).await?;
        lab.read(&format!("{FIRST} .scheduled"), "26 ноември 2026")
            .await?;
        lab.driver.back().await?;
        lab.read(&format!("{FIRST} .scheduled"), "26 ноември 2026")
            .await?;
        lab.driver.back().await?;
        lab.read(&format!("{FIRST} .given"), "веднъж").await
    })
    .await
}

#[tokio::test]
async fn the_review_works_by_page_loads() -> anyhow::Result<()> {
    Lab::tell("review-without-scripts", Scripts::Off, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.press("#finish button").await?;
        lab.see(".finished").await?;
        lab.days_pass(1);
        lab.visit("/bg/review").await?;
        lab.read(".review-count", "11").await?;
        lab.answers_and_rates("section.question", 3).await?;
        lab.read(".review-count", "10").await?;
        ensure!(lab.place().await? == "/bg/review");
        Ok(())
    })
    .await
}

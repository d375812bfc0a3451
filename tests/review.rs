//! The review: what was finished comes back on its day.

use anyhow::ensure;

use crate::harness::{Lab, Scripts};

#[tokio::test]
async fn a_finished_lesson_comes_back_the_next_day_and_again_after_a_week() -> anyhow::Result<()> {
    Lab::tell("come-back", Scripts::On, async |lab| {
        lab.visit("/bg/review").await?;
        lab.see(".review-empty").await?;

        lab.visit("/bg/lessons/22").await?;
        lab.press("#finish button").await?;
        lab.read(".finished", "24 ноември 2026").await?;
        lab.read(".plan-table", "25 ноември 2026").await?;
        lab.visit("/bg/review").await?;
        lab.read(".review-empty", "25 ноември 2026").await?;

        lab.days_pass(1);
        lab.visit("/bg/").await?;
        lab.read("#due-count", "11").await?;
        review_everything(lab, 11).await?;
        lab.read(".review-empty", "11").await?;

        lab.days_pass(6);
        lab.visit("/bg/review").await?;
        lab.see("section.question").await?;
        Ok(())
    })
    .await
}

async fn review_everything(lab: &Lab, count: usize) -> anyhow::Result<()> {
    lab.visit("/bg/review").await?;
    for done in 0..count {
        lab.read(".review-count", &(count - done).to_string())
            .await?;
        lab.wakes().await?;
        lab.answers_and_rates("section.question", 3).await?;
        lab.press("#next").await?;
    }
    lab.see(".review-empty").await?;
    Ok(())
}

#[tokio::test]
async fn an_answer_that_was_not_rated_waits_for_its_rating() -> anyhow::Result<()> {
    Lab::tell("rate-later", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.press("#finish button").await?;
        lab.see(".finished").await?;
        lab.days_pass(1);
        lab.visit("/bg/review").await?;
        lab.wakes().await?;
        lab.write("form.answer textarea", "прекъснат отговор")
            .await?;
        lab.press("form.answer button").await?;
        lab.see("form.rating").await?;
        lab.visit("/bg/review").await?;
        lab.read(".given", "прекъснат отговор").await?;
        ensure!(lab.count("form.rating button[name=rating]").await? == 4);
        Ok(())
    })
    .await
}

//! The quiz: an answer first, then what a good one says, then a rating.

use anyhow::ensure;

use crate::harness::{Lab, Scripts};

const FIRST: &str = ".quiz-list > li:first-child";

#[tokio::test]
async fn an_answer_reveals_the_model_answer_and_a_rating_gives_the_next_day() -> anyhow::Result<()>
{
    Lab::tell("answer-the-quiz", Scripts::On, async |lab| {
        let before = lab_source(lab).await?;
        ensure!(
            !before.contains("за едната"),
            "the rubric stands in the page before the answer"
        );
        lab.visit("/bg/lessons/22").await?;
        lab.wakes().await?;
        lab.write(
            &format!("{FIRST} textarea"),
            "Едното е време, другото е брой.",
        )
        .await?;
        lab.press(&format!("{FIRST} form.answer button")).await?;
        lab.read(&format!("{FIRST} .given"), "Едното е време")
            .await?;
        lab.see(&format!("{FIRST} .model")).await?;

        let suggested = |rating: u8| format!("{FIRST} button.suggested[value=\"{rating}\"]");
        lab.see(&suggested(1)).await?;
        for (point, rating) in [(1, 2), (2, 3), (3, 3)] {
            lab.press(&format!(
                "{FIRST} .rating label.choice:nth-of-type({point}) input"
            ))
            .await?;
            lab.see(&suggested(rating)).await?;
        }
        lab.press(&format!("{FIRST} button[value=\"3\"]")).await?;
        lab.read(&format!("{FIRST} .scheduled"), "26 ноември 2026")
            .await?;

        lab.visit("/bg/lessons/22").await?;
        lab.read(&format!("{FIRST} .given"), "Едното е време")
            .await?;
        lab.read(&format!("{FIRST} .scheduled"), "26 ноември 2026")
            .await
    })
    .await
}

#[tokio::test]
async fn what_is_being_typed_survives_leaving_the_page() -> anyhow::Result<()> {
    Lab::tell("keep-a-draft", Scripts::On, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.wakes().await?;
        lab.write(&format!("{FIRST} textarea"), "наполовина")
            .await?;
        lab.visit("/bg/").await?;
        lab.visit("/bg/lessons/22").await?;
        lab.wakes().await?;
        let script = "return document.querySelector(arguments[0]).value";
        let selector = serde_json::json!(format!("{FIRST} textarea"));
        let field = lab.driver.execute(script, vec![selector]).await?;
        ensure!(
            field.json() == "наполовина",
            "the field holds {}",
            field.json()
        );
        Ok(())
    })
    .await
}

/// The lesson as a browser gets it that was never here.
async fn lab_source(lab: &Lab) -> anyhow::Result<String> {
    lab.visit("/bg/").await?;
    lab.source_of("/bg/lessons/22").await
}

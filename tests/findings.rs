//! What a learner is told beyond the word: where the time goes, how attempts went, and where the source is wrong.

use anyhow::ensure;

use crate::{
    accessibility::axe_finds_nothing,
    exercise::{open, paste, program, submit},
    harness::{Lab, Scripts},
};

/// The width of the first picture that matches, once it has arrived; 0 when it does not.
async fn width_of_picture(lab: &Lab, selector: &str) -> anyhow::Result<u64> {
    lab.see(selector).await?;
    let script = "const [selector, done] = arguments; const picture = document.querySelector(selector); \
                  picture.decode().then(() => done(picture.naturalWidth), () => done(0))";
    let width = lab
        .driver
        .execute_async(script, vec![serde_json::json!(selector)])
        .await?;
    Ok(width.json().as_u64().unwrap_or_default())
}

async fn passes(lab: &Lab) -> anyhow::Result<()> {
    open(lab).await?;
    paste(lab, &program("reference")?).await?;
    lab.write("input[name=predicted_speedup]", "4").await?;
    submit(lab).await?;
    lab.drain().await?;
    lab.see(".workbench .verdict.passed").await?;
    Ok(())
}

#[tokio::test]
async fn a_flamegraph_comes_after_the_verdict_with_names_and_lines() -> anyhow::Result<()> {
    Lab::tell("flamegraph", Scripts::On, async |lab| {
        passes(lab).await?;
        lab.read(".workbench .verdict .certainty", "99 %").await?;
        for side in ["before", "after", "difference"] {
            let picture = format!(".workbench .profile img[src$=\"{side}.svg\"]");
            ensure!(
                width_of_picture(lab, &picture).await? == 700,
                "{side} is not drawn"
            );
        }
        open(lab).await?;
        lab.press(".attempts tbody a").await?;
        lab.read(".hot-spots tbody", "route_cost").await?;
        lab.read(".verdict", "Решението на автора").await?;
        for page in ["bg", "en"] {
            let here = lab.place().await?;
            let (_, path) = here.split_at(3);
            lab.visit(&format!("/{page}{path}")).await?;
            lab.see(".hot-spots").await?;
            axe_finds_nothing(lab, "a verdict with its profile").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn attempts_over_time_are_a_chart_with_target_and_expectation() -> anyhow::Result<()> {
    Lab::tell("attempts-chart", Scripts::On, async |lab| {
        passes(lab).await?;
        open(lab).await?;
        let chart = lab.see(".attempts-chart svg").await?;
        let words = chart.attr("aria-label").await?.unwrap_or_default();
        ensure!(words.contains("1: ") && words.contains("цел"), "{words}");
        ensure!(lab.count(".attempts-chart .mark-predicted").await? == 1);
        ensure!(lab.count(".attempts-chart .whisker").await? == 1);
        axe_finds_nothing(lab, "an exercise with attempts").await
    })
    .await
}

#[tokio::test]
async fn a_compile_error_is_marked_in_the_editor_at_its_line() -> anyhow::Result<()> {
    Lab::tell("marks", Scripts::On, async |lab| {
        open(lab).await?;
        let wrong =
            "pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {\n    /* жж */ nonsense\n}\n";
        paste(lab, wrong).await?;
        lab.press(".workbench .actions:not(.hand-in) button:nth-of-type(1)")
            .await?;
        lab.read(".cm-lintRange-error", "nonsense").await?;
        let marked =
            "return document.querySelector('.cm-lintRange-error').closest('.cm-line').textContent";
        let marked = lab.driver.execute(marked, vec![]).await?;
        ensure!(
            marked.json() == "    /* жж */ nonsense",
            "{}",
            marked.json()
        );
        lab.see(".cm-lint-marker-error").await?;
        axe_finds_nothing(lab, "a marked error").await?;

        submit(lab).await?;
        lab.drain().await?;
        lab.see(".workbench .verdict.failed").await?;
        lab.read(".cm-lintRange-error", "nonsense").await?;
        // The next attempt begins without the marks of the last one.
        paste(lab, &program("starter")?).await?;
        submit(lab).await?;
        lab.drain().await?;
        lab.see(".workbench .verdict.undecided").await?;
        ensure!(lab.count(".cm-lintRange-error").await? == 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_panic_is_marked_at_its_line() -> anyhow::Result<()> {
    Lab::tell("panic", Scripts::On, async |lab| {
        open(lab).await?;
        let wrong = "pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {\n    panic!(\"no idea for {}\", queries.len())\n}\n";
        paste(lab, wrong).await?;
        submit(lab).await?;
        lab.drain().await?;
        lab.read(".workbench .verdict .message", "no idea for").await?;
        lab.read(".workbench .verdict .message", "2").await?;
        lab.read(".cm-lintRange-error", "p").await
    })
    .await
}

//! The exercise: run, predict, submit, follow, and read the verdict.

use std::fs;

use anyhow::ensure;
use thirtyfour::prelude::*;

use crate::harness::{Lab, Scripts, workspace};

const RUN: &str = ".workbench .actions:not(.hand-in) button:nth-of-type(1)";
const RESET: &str = ".workbench .actions:not(.hand-in) button:nth-of-type(2)";
const UNDO: &str = ".workbench .actions:not(.hand-in) button:nth-of-type(3)";

/// One of the catalogue's programs.
pub fn program(name: &str) -> anyhow::Result<String> {
    let path = format!("exercises/catalog/memoize/rust/{name}.rs");
    Ok(fs::read_to_string(workspace().join(path))?)
}

/// Opens the exercise and waits for its editor.
pub async fn open(lab: &Lab) -> anyhow::Result<()> {
    lab.visit("/bg/exercises/memoize").await?;
    lab.wakes().await?;
    lab.see(".cm-content").await?;
    Ok(())
}

/// Replaces the source as a person does: select all, paste.
pub async fn paste(lab: &Lab, source: &str) -> anyhow::Result<()> {
    let editor = lab.see(".cm-content").await?;
    editor.click().await?;
    editor.send_keys(Key::Control + "a").await?;
    let script = "const clipboard = new DataTransfer(); clipboard.setData('text/plain', arguments[0]); \
                  document.activeElement.dispatchEvent(new ClipboardEvent('paste', \
                      {clipboardData: clipboard, bubbles: true, cancelable: true}))";
    lab.driver
        .execute(script, vec![serde_json::json!(source)])
        .await?;
    Ok(())
}

/// Hands the source in.
pub async fn submit(lab: &Lab) -> anyhow::Result<()> {
    lab.press(".workbench form button[type=submit]").await
}

#[tokio::test]
async fn a_learner_makes_memoize_faster_and_passes() -> anyhow::Result<()> {
    Lab::tell("pass", Scripts::On, async |lab| {
        open(lab).await?;
        paste(lab, &program("reference")?).await?;
        lab.write("input[name=predicted_speedup]", "4").await?;
        submit(lab).await?;
        lab.see(".stages").await?;
        lab.drain().await?;
        lab.see(".workbench .verdict.passed").await?;
        lab.see(".workbench .verdict svg").await?;
        lab.read(".workbench .verdict", "p99").await?;
        lab.read(".workbench .verdict", "4,00").await?;

        lab.visit("/bg/").await?;
        lab.read(".lesson-entry", "издържано").await?;
        open(lab).await?;
        lab.press(".attempts tbody a").await?;
        lab.see(".verdict.passed .stars").await?;
        lab.read(".debrief", "Какво струва").await?;
        lab.read(".submitted", "HashMap").await
    })
    .await
}

#[tokio::test]
async fn a_wrong_answer_is_told_with_its_first_difference() -> anyhow::Result<()> {
    Lab::tell("wrong-answer", Scripts::On, async |lab| {
        open(lab).await?;
        paste(lab, &program("wrong-order")?).await?;
        submit(lab).await?;
        lab.drain().await?;
        lab.read(".workbench .verdict", "очаквано").await?;
        lab.read(".workbench .verdict", "[7, 7, 9, 7]").await
    })
    .await
}

#[tokio::test]
async fn a_compile_error_is_shown_with_its_line() -> anyhow::Result<()> {
    Lab::tell("compile-error", Scripts::On, async |lab| {
        open(lab).await?;
        paste(
            lab,
            "pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {\n    nonsense\n}\n",
        )
        .await?;
        submit(lab).await?;
        lab.drain().await?;
        lab.read(".workbench .verdict", "nonsense").await?;
        lab.read(".workbench .verdict", "2:5").await
    })
    .await
}

#[tokio::test]
async fn a_run_shows_the_examples_and_leaves_no_attempt() -> anyhow::Result<()> {
    Lab::tell("run-the-examples", Scripts::On, async |lab| {
        open(lab).await?;
        paste(lab, &program("wrong-order")?).await?;
        lab.press(RUN).await?;
        lab.see(".run-report.failed").await?;
        paste(lab, &program("reference")?).await?;
        lab.press(RUN).await?;
        lab.see(".run-report.passed").await?;
        open(lab).await?;
        ensure!(lab.count(".attempts").await? == 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_typed_is_saved_and_a_reset_can_be_undone() -> anyhow::Result<()> {
    Lab::tell("reset-and-undo", Scripts::On, async |lab| {
        open(lab).await?;
        paste(lab, "// my own idea\n").await?;
        lab.read(".workbench form > .status", "Записано").await?;
        open(lab).await?;
        lab.read(".cm-content", "my own idea").await?;
        lab.press(RESET).await?;
        lab.read(".cm-content", "answer_all").await?;
        lab.press(UNDO).await?;
        lab.read(".cm-content", "my own idea").await
    })
    .await
}

//! The picture in the README is the lesson as it looks.

use std::fs;

use anyhow::{Context, ensure};

use crate::harness::{Lab, Scripts, workspace};

const WIDTH: u32 = 1440;
const HEIGHT: u32 = 900;

/// Run with `LATENCY_LAB_WRITE_SCREENSHOTS=1` to take the picture anew; else it only has to be there.
#[tokio::test]
async fn the_picture_of_the_readme_shows_the_lesson() -> anyhow::Result<()> {
    Lab::tell("readme", Scripts::On, async |lab| {
        let picture = workspace().join(".readme/lesson.png");
        lab.looks(WIDTH, HEIGHT, "light").await?;
        lab.visit("/bg/lessons/22#ключови-понятия").await?;
        lab.wakes().await?;
        lab.see(".section-index a[aria-current=location]").await?;
        let taken = lab.driver.screenshot_as_png().await?;
        ensure!(
            size(&taken) == Some((WIDTH, HEIGHT)),
            "the browser took {:?}",
            size(&taken)
        );
        if std::env::var_os("LATENCY_LAB_WRITE_SCREENSHOTS").is_some() {
            fs::create_dir_all(workspace().join(".readme"))?;
            fs::write(&picture, &taken)?;
        }
        let kept = fs::read(&picture).context(
            "the README's picture is missing: run this test with LATENCY_LAB_WRITE_SCREENSHOTS=1",
        )?;
        ensure!(
            size(&kept) == Some((WIDTH, HEIGHT)),
            "the README's picture has another size"
        );
        Ok(())
    })
    .await
}

/// Width and height in the header of a PNG: <https://www.w3.org/TR/png-3/#11IHDR>.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    png.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((number(16)?, number(20)?))
}

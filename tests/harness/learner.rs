//! What a learner does and sees, in the words of the stories. Every look waits until what is looked for is there.

use anyhow::{Context, ensure};
use thirtyfour::prelude::*;

use super::Lab;

impl Lab {
    /// Looks for elements until they are there; one that is replaced while it is looked at is looked for again.
    fn shown(&self, selector: &str) -> thirtyfour::extensions::query::ElementQuery {
        self.driver.query(By::Css(selector)).ignore_errors(true)
    }

    /// The element that matches, once it is shown.
    pub async fn see(&self, selector: &str) -> anyhow::Result<WebElement> {
        let query = self.shown(selector).and_displayed();
        query
            .first()
            .await
            .with_context(|| format!("`{selector}` is not shown"))
    }

    /// Waits until the element that matches shows `text`.
    pub async fn read(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        let shows = thirtyfour::stringmatch::StringMatch::new(text).partial();
        let query = self.shown(selector).with_text(shows);
        query
            .first()
            .await
            .with_context(|| format!("`{selector}` does not say `{text}`"))?;
        Ok(())
    }

    /// Presses a button or follows a link.
    pub async fn press(&self, selector: &str) -> anyhow::Result<()> {
        let element = self.see(selector).await?;
        element.click().await?;
        Ok(())
    }

    /// Types into a field.
    pub async fn write(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        let field = self.see(selector).await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// How many elements match, shown or not.
    pub async fn count(&self, selector: &str) -> anyhow::Result<usize> {
        Ok(self.driver.find_all(By::Css(selector)).await?.len())
    }

    /// Waits until the islands of the page are awake: forms then send their values without a page load.
    pub async fn wakes(&self) -> anyhow::Result<()> {
        let query = self.shown("html[data-awake]");
        query.first().await.context("the islands do not wake")?;
        Ok(())
    }

    /// The page as the server sent it, before any script.
    pub async fn source_of(&self, path: &str) -> anyhow::Result<String> {
        let script =
            "const [path, done] = arguments; fetch(path).then(answer => answer.text()).then(done)";
        let answer = self
            .driver
            .execute_async(script, vec![serde_json::json!(path)])
            .await?;
        Ok(answer.json().as_str().unwrap_or_default().to_owned())
    }

    /// Answers the first question that is shown unanswered below `scope`, and rates the answer.
    pub async fn answers_and_rates(&self, scope: &str, rating: u8) -> anyhow::Result<()> {
        self.write(&format!("{scope} form.answer textarea"), "с мои думи")
            .await?;
        self.press(&format!("{scope} form.answer button")).await?;
        self.press(&format!("{scope} form.rating button[value=\"{rating}\"]"))
            .await
    }

    /// The focused element's tag, name and text, for stories told with the keyboard.
    pub async fn focus(&self) -> anyhow::Result<WebElement> {
        Ok(self.driver.active_element().await?)
    }

    /// Presses keys wherever the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> anyhow::Result<()> {
        self.driver.active_element().await?.send_keys(keys).await?;
        Ok(())
    }

    /// Moves the focus forward with the Tab key until it is on an element that matches, and checks that each stop on the
    /// way can be seen.
    pub async fn tabs_to(&self, selector: &str) -> anyhow::Result<()> {
        for _ in 0..200 {
            self.keys(Key::Tab + "").await?;
            let script = "const [selector] = arguments; const here = document.activeElement; \
                          const style = getComputedStyle(here); \
                          const ring = element => { const s = getComputedStyle(element); \
                              return (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none' }; \
                          const seen = ring(here) || (here.parentElement && here.closest('.cm-focused, :focus-within') && \
                              ring(here.closest('.cm-focused') ?? here.parentElement)); \
                          return [here.matches(selector), !!seen, here.outerHTML.slice(0, 200)]";
            let stop = self
                .driver
                .execute(script, vec![serde_json::json!(selector)])
                .await?;
            let stop = stop.json();
            ensure!(stop[1] == true, "the focus cannot be seen on {}", stop[2]);
            if stop[0] == true {
                return Ok(());
            }
        }
        anyhow::bail!("the Tab key never comes to `{selector}`")
    }
}

// Shows an author at once what they save, without losing what is typed. Only instructors' pages have it.
//
// 1. The server says when something was published.
// 2. The page is fetched again, and every part of the lesson that reads differently is replaced.
// 3. What was typed in a replaced part is typed into the new one. The quiz moves, so that it is replaced by loading the
//    page again, unless somebody is in the middle of an answer.

const parts = (page) => [...page.querySelectorAll(".lesson-body > section")];
const isTyped = (field) => field.value !== field.defaultValue;

function carryOver(before, after) {
  for (const field of before.querySelectorAll("textarea, input")) {
    const twin = field.id && after.querySelector(`#${CSS.escape(field.id)}`);
    if (twin && isTyped(field)) twin.value = field.value;
  }
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [before, after] = [parts(document), parts(page)];
  const isShape = before.length === after.length && before.every((part, place) => part.id === after[place].id);
  const typed = [...document.querySelectorAll(".lesson-body textarea, .lesson-body input")].some(isTyped);
  if (!isShape) {
    if (!typed) location.reload();
    return;
  }
  document.querySelector("h1").replaceWith(page.querySelector("h1"));
  before.forEach((part, place) => {
    const next = after[place];
    if (part.textContent === next.textContent && part.querySelectorAll("img, svg").length === next.querySelectorAll("img, svg").length) return;
    if (part.querySelector("leptos-island")) {
      if (!typed) location.reload();
      return;
    }
    carryOver(part, next);
    part.replaceWith(next);
  });
}

const events = new EventSource("/api/v1/teach/events");
events.addEventListener("published", () => void refresh());

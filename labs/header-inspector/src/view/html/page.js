// What the page does when it is used: switch language and theme, open a segment,
// light a field up together with its bytes. Without it everything is there to read.
"use strict";

const root = document.documentElement;
const rows = [...document.querySelectorAll(".row")];
const articles = [...document.querySelectorAll("article")];

// --- Language and theme ---

function speak(language) {
  root.lang = language;
  root.dir = language === "ar" ? "rtl" : "ltr";
  document.title = document.querySelector(`h1 .${language}`).textContent;
}

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

document.getElementById("language").addEventListener("click", () => {
  speak(root.lang === "ar" ? "en" : "ar");
});
document.getElementById("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
});
document.getElementById("print").addEventListener("click", () => print());

// --- The segment that is open ---

function open(id) {
  for (const article of articles) article.hidden = article.id !== id;
  for (const row of rows) {
    if (row.hash === `#${id}`) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function openFromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  const article = articles.find((candidate) => candidate.id === id) ?? articles[0];
  if (article) open(article.id);
}

addEventListener("hashchange", openFromAddress);
openFromAddress();

// Up and down go from row to row, and open what they come to.
document.querySelector(".ladder").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = rows.indexOf(document.activeElement);
  const next = step && here >= 0 ? rows[here + step] : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
  history.replaceState(null, "", next.hash);
  openFromAddress();
});

// --- A field, its bytes and its explanation ---

let pinned = null;

function light(element) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const field = (element ?? pinned)?.closest("[data-field]");
  if (!field) return;
  const article = field.closest("article");
  for (const name of field.dataset.field.split(" ")) {
    for (const same of article.querySelectorAll(`[data-field~="${name}"]`)) {
      same.classList.add("lit");
    }
  }
}

function fieldOf(event) {
  return event.target instanceof Element ? event.target.closest("[data-field]") : null;
}

document.addEventListener("pointerover", (event) => light(fieldOf(event)));
document.addEventListener("focusin", (event) => light(fieldOf(event)));
document.addEventListener("focusout", () => light(null));
document.addEventListener("click", (event) => {
  const field = fieldOf(event);
  if (field || event.target.closest("article")) pinned = field === pinned ? null : field;
  light(field);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    pinned = null;
    light(null);
  }
});

// The arrow keys go from field to field; the picture is one stop of the Tab key.
for (const diagram of document.querySelectorAll(".diagram")) {
  const cells = [...diagram.querySelectorAll(".cell")];
  cells.forEach((cell, index) => { cell.tabIndex = index === 0 ? 0 : -1; });
  diagram.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step && cells[cells.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    document.activeElement.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

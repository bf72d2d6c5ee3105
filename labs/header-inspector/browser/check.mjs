// Uses the pages in FOLDER as a reader would, and says what does not hold.
//   node check.mjs FOLDER
import assert from "node:assert/strict";
import { withBrowser } from "../../../docs/book/browser/browser.mjs";
import { poorContrast } from "./contrast.mjs";
import { PHONE, opened, seen, spoken, theme } from "./pages.mjs";

// The segment that is open: all others are hidden.
const OPEN = "article:not([hidden])";

const checks = {
  async "switches the language, the direction and the title"(page) {
    await page.click("#language");
    assert.deepEqual(await spoken(page), { lang: "ar", dir: "rtl" });
    assert.match(await page.title(), /[\u0600-\u06ff]/);
    assert.equal(await seen(page, ".en"), 0);
    assert.ok((await seen(page, `${OPEN} .ar`)) > 10);
    await page.click("#language");
    assert.deepEqual(await spoken(page), { lang: "en", dir: "ltr" });
    assert.equal(await seen(page, ".ar"), 0);
  },

  async "does not mirror the ladder, the picture and the bytes"(page) {
    await page.click("#language");
    for (const drawing of [".phase ol", ".diagram", ".hex"]) {
      const direction = await page.$eval(drawing, (element) => getComputedStyle(element).direction);
      assert.equal(direction, "ltr", drawing);
    }
    const [first, second] = await page.$$eval(`${OPEN} .cell`, (cells) =>
      cells.map((cell) => cell.getBoundingClientRect().x));
    assert.ok(first < second, "the source port comes first");
  },

  async "lights a field up with its bytes and its explanation"(page) {
    const cells = await page.$$(`${OPEN} .cell`);
    assert.ok(cells.length >= 18, "the picture has its fields");
    for (const cell of cells) {
      await cell.hover();
      const field = await cell.evaluate((element) => element.dataset.field);
      const lit = await page.evaluate(litPlaces, field);
      assert.ok(lit.hex > 0, `${field}: no byte is lit`);
      assert.ok(lit.table > 0, `${field}: no explanation is lit`);
      assert.equal(lit.strangers, 0, `${field}: another field is lit`);
    }
  },

  async "lights the field up from its bytes"(page) {
    await page.hover(`${OPEN} .hex [data-field~=seq]`);
    const lit = await page.$$eval(`${OPEN} .cell.lit`, (cells) => cells.map((cell) => cell.dataset.field));
    assert.deepEqual(lit, ["seq"]);
  },

  async "keeps a field lit that was clicked, until Escape"(page) {
    await page.click(`${OPEN} .cell[data-field=window]`);
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement.blur());
    assert.ok((await page.$$(".lit")).length > 1);
    await page.keyboard.press("Escape");
    assert.equal((await page.$$(".lit")).length, 0);
  },

  async "is used by keyboard: rows with up and down, fields with the arrows"(page) {
    await page.focus(".row");
    const ids = [await openArticle(page)];
    for (let i = 0; i < 2; i++) {
      await page.keyboard.press("ArrowDown");
      ids.push(await openArticle(page));
    }
    await page.keyboard.press("ArrowUp");
    assert.equal(await openArticle(page), ids[1]);
    assert.equal(new Set(ids).size, ids.length, "each row opens its segment");
    await page.focus(`${OPEN} .cell`);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.$eval(`${OPEN} .cell.lit`, (cell) => cell.dataset.field), "dst-port");
    assert.equal((await page.$$(`${OPEN} .cell[tabindex='0']`)).length, 1, "the picture is one stop of the Tab key");
  },

  async "follows the reader's theme, and the button turns it"(page) {
    const light = await paper(page);
    await theme(page, "dark");
    const dark = await paper(page);
    assert.notEqual(light, dark);
    await page.click("#theme");
    assert.equal(await paper(page), light);
    await page.click("#theme");
    assert.equal(await paper(page), dark);
  },

  async "has enough contrast in both themes"(page) {
    for (const value of ["light", "dark"]) {
      await theme(page, value);
      assert.deepEqual(await page.evaluate(poorContrast), [], value);
      await page.evaluate(() => {
        for (const field of document.querySelectorAll("[data-field]")) field.classList.add("lit");
      });
      assert.deepEqual(await page.evaluate(poorContrast), [], `${value}, lit`);
    }
  },

  async "prints the open segment, without buttons, on white"(page) {
    await theme(page, "dark");
    await page.emulateMediaType("print");
    assert.equal(await seen(page, ".bar button"), 0);
    assert.equal(await paper(page), "rgb(255, 255, 255)");
    assert.equal(await seen(page, "article"), 1);
  },

  async "fits a phone"(page) {
    await page.setViewport(PHONE);
    for (const language of ["en", "ar"]) {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= PHONE.width, `${language}: the page is ${width} wide`);
      await page.click("#language");
    }
  },

  async "is readable without its script"(page, url) {
    const articles = (await page.$$("article")).length;
    await page.setJavaScriptEnabled(false);
    await page.goto(url);
    assert.equal(await seen(page, "article"), articles);
  },
};

const others = [
  ["odd", "lights a field up with its bytes and its explanation"],
  ["odd", "has enough contrast in both themes"],
  ["odd", "says that it does not show everything", async (page) => {
    const note = await page.$eval(".note .en", (element) => element.textContent);
    assert.match(note, /The first \d+ of \d{4} segments/);
  }],
  ["arabic", "opens in Arabic where it was asked for", async (page) => {
    assert.deepEqual(await spoken(page), { lang: "ar", dir: "rtl" });
    assert.match(await page.evaluate(() => document.body.innerText), /مرحبا بكم/);
  }],
  ["hostile", "runs nothing that was captured, and shows it", async (page) => {
    assert.equal(await page.evaluate(() => window.hostile), undefined);
    assert.equal((await page.$$("img")).length, 0);
    assert.equal((await page.$$("script")).length, 1);
    const text = await page.evaluate(() => document.body.innerText);
    assert.ok(text.includes("<script>window.hostile=1</script>"), "the data is shown as text");
    assert.ok(!text.includes("\u202e"), "a direction override is not let through");
  }],
];

async function openArticle(page) {
  assert.equal(await seen(page, "article"), 1);
  return page.$eval(OPEN, (article) => article.id);
}

async function paper(page) {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

// Runs in the page.
function litPlaces(field) {
  const lit = [...document.querySelectorAll(".lit")];
  return {
    hex: lit.filter((element) => element.closest(".hex")).length,
    table: lit.filter((element) => element.closest("table")).length,
    strangers: lit.filter((element) => !element.dataset.field.split(" ").includes(field)).length,
  };
}

async function hold(browser, address, [name, sentence, check = checks[sentence]]) {
  const { page, url, trouble } = await opened(browser, address, name);
  try {
    await check(page, url);
    assert.deepEqual(trouble, []);
    console.log(`ok      ${name}: ${sentence}`);
    return true;
  } catch (error) {
    console.log(`FAILED  ${name}: ${sentence}\n        ${error.message}`);
    return false;
  } finally {
    await page.close();
  }
}

const all = [...Object.keys(checks).map((sentence) => ["paper-session", sentence]), ...others];
await withBrowser(process.argv[2], async (browser, address) => {
  for (const each of all) {
    if (!(await hold(browser, address, each))) process.exitCode = 1;
  }
});

// Uses the pages as a reader would, and says what does not hold.
//   node check.mjs FOLDER CHROMIUM [PICTURES]
import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [folder, executablePath, pictures] = process.argv.slice(2);
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const checks = {
  async "switches the language, the direction and the title"(page) {
    await page.click("#language");
    const after = await spoken(page);
    assert.deepEqual(after, { lang: "ar", dir: "rtl" });
    assert.match(await page.title(), /[\u0600-\u06ff]/);
    assert.equal(await page.locator(".en:visible").count(), 0);
    assert.ok(await page.locator("article:visible .ar:visible").count() > 10);
    await page.click("#language");
    assert.deepEqual(await spoken(page), { lang: "en", dir: "ltr" });
    assert.equal(await page.locator(".ar:visible").count(), 0);
  },

  async "does not mirror the ladder, the picture and the bytes"(page) {
    await page.click("#language");
    for (const drawing of [".phase ol", ".diagram", ".hex"]) {
      const direction = await page.locator(drawing).first().evaluate((e) => getComputedStyle(e).direction);
      assert.equal(direction, "ltr", drawing);
    }
    const first = await page.locator("article:visible .cell").nth(0).boundingBox();
    const second = await page.locator("article:visible .cell").nth(1).boundingBox();
    assert.ok(first.x < second.x, "the source port comes first");
  },

  async "lights a field up with its bytes and its explanation"(page) {
    const cells = page.locator("article:visible .cell");
    for (let index = 0; index < await cells.count(); index++) {
      await cells.nth(index).hover();
      const field = await cells.nth(index).getAttribute("data-field");
      const lit = await litPlaces(page);
      assert.ok(lit.hex > 0, `${field}: no byte is lit`);
      assert.ok(lit.table > 0, `${field}: no explanation is lit`);
      assert.equal(lit.strangers, 0, `${field}: another field is lit`);
    }
  },

  async "lights the field up from its bytes"(page) {
    await page.locator("article:visible .hex [data-field~=seq]").first().hover();
    const lit = page.locator("article:visible .cell.lit");
    assert.equal(await lit.count(), 1);
    assert.equal(await lit.getAttribute("data-field"), "seq");
  },

  async "keeps a field lit that was clicked, until Escape"(page) {
    await page.locator("article:visible .cell[data-field=window]").click();
    await page.mouse.move(0, 0);
    assert.ok(await page.locator(".lit").count() > 1);
    await page.evaluate(() => document.activeElement.blur());
    assert.ok(await page.locator(".lit").count() > 1);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".lit").count(), 0);
  },

  async "is used by keyboard: rows with up and down, fields with the arrows"(page) {
    await page.locator(".row").first().focus();
    const opened = [await openArticle(page)];
    for (let i = 0; i < 2 && i + 1 < await page.locator(".row").count(); i++) {
      await page.keyboard.press("ArrowDown");
      opened.push(await openArticle(page));
    }
    assert.equal(new Set(opened).size, opened.length, "each row opens its segment");
    await page.locator("article:visible .cell").first().focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("article:visible .cell.lit").getAttribute("data-field"), "dst-port");
    const stops = await page.locator("article:visible .cell[tabindex='0']").count();
    assert.equal(stops, 1, "the picture is one stop of the Tab key");
  },

  async "follows the reader's theme, and the button turns it"(page) {
    const light = await paper(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await paper(page);
    assert.notEqual(light, dark);
    await page.click("#theme");
    assert.equal(await paper(page), light);
    await page.click("#theme");
    assert.equal(await paper(page), dark);
  },

  async "has enough contrast in both themes"(page) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const poor = await page.evaluate(poorContrast);
      assert.deepEqual(poor, [], colorScheme);
    }
  },

  async "prints without its buttons, on white"(page) {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await page.locator(".bar button:visible").count(), 0);
    assert.equal(await paper(page), "rgb(255, 255, 255)");
    assert.equal(await page.locator("article:visible").count(), 1);
  },

  async "fits a phone"(page) {
    await page.setViewportSize(PHONE);
    for (const language of ["en", "ar"]) {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= PHONE.width, `${language}: the page is ${width} wide`);
      await page.click("#language");
    }
  },

  async "is readable without its script"(page, file) {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(file);
    assert.equal(await plain.locator("article:visible").count(), await page.locator("article").count());
    await plain.close();
  },
};

async function spoken(page) {
  return page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
}

async function openArticle(page) {
  assert.equal(await page.locator("article:visible").count(), 1);
  return page.locator("article:visible").getAttribute("id");
}

async function paper(page) {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

async function litPlaces(page) {
  return page.evaluate(() => {
    const lit = [...document.querySelectorAll(".lit")];
    const cells = lit.filter((element) => element.matches(".cell"));
    const names = cells.flatMap((cell) => cell.dataset.field.split(" "));
    return {
      hex: lit.filter((element) => element.closest(".hex")).length,
      table: lit.filter((element) => element.closest("table")).length,
      strangers: lit.filter((element) => !element.dataset.field.split(" ").some((name) => names.includes(name))).length,
    };
  });
}

// Runs in the page: texts whose contrast is under the 4.5 that WCAG asks for.
function poorContrast() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const part = (value) => {
      const v = value / 255;
      return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgb(getComputedStyle(e).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const poor = new Set();
  for (const element of document.querySelectorAll("main *, header *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [luminance(rgb(getComputedStyle(element).color)), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}

// Opens a page anew and collects what it complains of or asks the network for.
async function opened(name) {
  const page = await browser.newPage();
  const trouble = [];
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { trouble.push("a dialog opened"); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) trouble.push(`request: ${request.url()}`);
  });
  const file = `file://${folder}/${name}.html`;
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await page.goto(file);
  return { page, file, trouble };
}

let failures = 0;

async function hold(name, sentence, check) {
  const { page, file, trouble } = await opened(name);
  try {
    await check(page, file);
    assert.deepEqual(trouble, []);
    console.log(`ok      ${name}: ${sentence}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${name}: ${sentence}\n        ${error.message}`);
  }
  await page.close();
}

async function picture(name, look, { language, colorScheme, size }) {
  const { page } = await opened(name);
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(size);
  if ((await spoken(page)).lang !== language) await page.click("#language");
  const rows = page.locator(".row");
  if (await rows.count() > 3) await rows.nth(3).click();
  await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: size === PHONE });
  await page.emulateMedia({ media: null, colorScheme });
  if (size === WIDE) await page.pdf({ path: join(pictures, `${name}-${look}.pdf`), format: "A4" });
  await page.close();
}

for (const [sentence, check] of Object.entries(checks)) {
  await hold("paper-session", sentence, check);
}
await hold("odd", "lights a field up with its bytes and its explanation", checks["lights a field up with its bytes and its explanation"]);
await hold("odd", "says that it does not show everything", async (page) => {
  assert.match(await page.locator(".note .en").first().innerText(), /The first \d+ of \d{4} segments/);
});
await hold("arabic", "opens in Arabic where it was asked for", async (page) => {
  assert.deepEqual(await spoken(page), { lang: "ar", dir: "rtl" });
  assert.ok(await page.getByText("مرحبا بكم").count() > 0);
});
await hold("hostile", "runs nothing that was captured, and shows it", async (page) => {
  assert.equal(await page.evaluate(() => window.hostile), undefined);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  const text = await page.locator("body").innerText();
  assert.ok(text.includes("<script>window.hostile=1</script>"), "the data is shown as text");
  assert.ok(!text.includes("\u202e"), "a direction override is not let through");
});
if (pictures) {
  for (const language of ["en", "ar"]) {
    for (const colorScheme of ["light", "dark"]) {
      await picture("paper-session", `${colorScheme}-${language}`, { language, colorScheme, size: WIDE });
      await picture("paper-session", `phone-${colorScheme}-${language}`, { language, colorScheme, size: PHONE });
    }
  }
  await picture("odd", "light-en", { language: "en", colorScheme: "light", size: WIDE });
  await picture("hostile", "light-en", { language: "en", colorScheme: "light", size: WIDE });
}

await browser.close();
process.exit(failures === 0 ? 0 : 1);

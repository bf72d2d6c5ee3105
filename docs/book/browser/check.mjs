// Looks at the built website as its readers would and says what is wrong.
//
//   node check.mjs SITE
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { open, withBrowser } from './browser.mjs';

const site = resolve(process.argv[2]);
const PHONE = { width: 390, height: 844 };
const LANGUAGES = ['en', 'ar'];
const faults = [];

function expect(holds, fault) {
  if (!holds) faults.push(fault);
}

// print.html and index.html hold what the other pages hold.
const pagesOf = (language) => readdirSync(`${site}/${language}`)
  .filter((name) => name.endsWith('.html') && !['toc.html', 'print.html', 'index.html'].includes(name));

// Every link of every page leads to a page that is there, and to an id in it.
async function links(browser, address) {
  const ids = new Map();
  const wanted = [];
  for (const language of LANGUAGES) {
    for (const name of pagesOf(language)) {
      const page = await open(browser, `${address}/${language}/${name}`);
      const found = await page.evaluate(() => ({
        ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
        links: [...document.querySelectorAll('main a[href], nav a[href], .right-buttons a[href]')].map((a) => a.href),
        blank: [...new Set([...document.images].filter((i) => !i.naturalWidth).map((i) => i.src))],
        direction: document.documentElement.dir,
      }));
      ids.set(`${address}/${language}/${name}`, new Set(found.ids));
      found.links.forEach((link) => wanted.push([`${language}/${name}`, link]));
      found.blank.forEach((image) => faults.push(`${language}/${name}: no picture at ${image}`));
      expect(found.direction === (language === 'ar' ? 'rtl' : 'ltr'), `${language}/${name}: direction ${found.direction}`);
      await page.close();
    }
  }
  const answers = new Map();
  for (const [from, link] of wanted) {
    const url = new URL(link);
    if (url.origin !== address) continue;
    const anchor = decodeURIComponent(url.hash.slice(1));
    url.hash = '';
    if (!answers.has(url.href)) answers.set(url.href, (await fetch(url)).status);
    expect(answers.get(url.href) === 200, `${from}: the link to ${link} leads nowhere`);
    const known = ids.get(url.href);
    expect(!anchor || !known || known.has(anchor), `${from}: no #${anchor} in ${url.pathname}`);
  }
  return wanted.length;
}

// No page is wider than a phone, and nothing in it sticks out.
async function phone(browser, address) {
  for (const language of LANGUAGES) {
    for (const name of pagesOf(language)) {
      const page = await open(browser, `${address}/${language}/${name}`, PHONE);
      const width = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
      expect(width <= PHONE.width, `${language}/${name}: ${width} pixels wide on a phone of ${PHONE.width}`);
      await page.close();
    }
  }
}

// A reader with a keyboard opens the search, types, and opens the first result.
async function search(browser, address, language, word) {
  const page = await open(browser, `${address}/${language}/introduction.html`);
  await page.keyboard.press('/');
  await page.waitForSelector('#mdbook-searchbar', { visible: true });
  await page.type('#mdbook-searchbar', word);
  await page.keyboard.press('End'); // the letters that are not on its keyboard come without a key
  const results = await page
    .waitForSelector('#mdbook-searchresults li', { timeout: 5000 })
    .then(() => page.$$eval('#mdbook-searchresults li', (items) => items.length), () => 0);
  expect(results > 0, `${language}: the search for ${word} finds nothing`);
  if (results > 0) {
    const marked = await page.$$eval('#mdbook-searchresults .teaser em', (marks) => marks.length);
    expect(marked > 0, `${language}: the results for ${word} do not show it`);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(page.url().includes('highlight='), `${language}: Enter does not open the first result for ${word}`);
  }
  await page.close();
}

async function nothingFound(browser, address, language) {
  const page = await open(browser, `${address}/${language}/introduction.html`);
  await page.keyboard.press('/');
  await page.type('#mdbook-searchbar', 'qqqqq');
  await page.waitForSelector('#mdbook-searchresults-outer:not(.hidden)');
  const results = await page.$$eval('#mdbook-searchresults li', (items) => items.length);
  expect(results === 0, `${language}: the search for qqqqq finds ${results} places`);
  await page.close();
}

// The language switch leads to the same page and the same heading.
async function languageSwitch(browser, address, language) {
  const other = language === 'ar' ? 'en' : 'ar';
  const page = await open(browser, `${address}/${language}/sockets.html`);
  await page.evaluate(() => document.querySelectorAll('main h2')[1].scrollIntoView());
  await Promise.all([page.waitForNavigation(), page.click('.lang-switch')]);
  const url = new URL(page.url());
  expect(url.pathname === `/${other}/sockets.html`, `${language}: the switch leads to ${url.pathname}`);
  const wanted = await page.evaluate(() => document.querySelectorAll('main h2')[1].id);
  expect(decodeURIComponent(url.hash) === `#${wanted}`, `${language}: the switch leads to ${url.hash}, not #${wanted}`);
  await page.close();
}

// The first Tab shows the way past the menus; Enter on the menu's button opens it.
async function keyboard(browser, address, language) {
  const page = await open(browser, `${address}/${language}/introduction.html`, PHONE);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.className);
  expect(first === 'skip', `${language}: the first Tab leads to ${first}`);
  await page.focus('#mdbook-sidebar-toggle');
  await page.keyboard.press('Enter');
  const opened = await page.evaluate(() => document.getElementById('mdbook-sidebar-toggle-anchor').checked);
  expect(opened, `${language}: Enter does not open the table of contents`);
  await page.close();
}

// Right to left, a digit or a code word keeps its order: its letters' places on the
// screen go from left to right.
async function order(browser, address) {
  for (const name of pagesOf('ar')) {
    const page = await open(browser, `${address}/ar/${name}`);
    const scrambled = await page.evaluate(() => {
      const bad = [];
      for (const code of document.querySelectorAll('main :not(pre) > code')) {
        if (/[\u0600-\u06ff]/.test(code.textContent)) continue;
        const range = document.createRange();
        const text = code.firstChild;
        let last = null;
        for (let at = 0; text?.nodeType === 3 && at < text.length; at++) {
          if (text.data[at] === ' ') continue; // at a line's end it belongs to no side
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          const box = range.getClientRects()[0];
          if (!box || !box.width) continue;
          if (last && Math.abs(box.top - last.top) < 2 && box.left < last.left) {
            bad.push(code.textContent);
            break;
          }
          last = box;
        }
      }
      return bad;
    });
    scrambled.forEach((code) => faults.push(`ar/${name}: ${code} is scrambled`));
    await page.close();
  }
}

await withBrowser(site, async (browser, address) => {
  const count = await links(browser, address);
  await phone(browser, address);
  await order(browser, address);
  await search(browser, address, 'en', 'socket');
  for (const word of ['منفذ', 'المنافذ', 'المقبس']) await search(browser, address, 'ar', word);
  for (const language of LANGUAGES) {
    await nothingFound(browser, address, language);
    await languageSwitch(browser, address, language);
    await keyboard(browser, address, language);
  }
  const pages = LANGUAGES.map((language) => pagesOf(language).length);
  console.log(`looked at ${pages.join(' + ')} pages and ${count} links: ${faults.length} faults`);
});
faults.forEach((fault) => console.log(`- ${fault}`));
process.exit(faults.length ? 1 : 0);

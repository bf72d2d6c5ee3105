// Takes a picture of every page, for people to look at.
//
//   node pictures.mjs SITE OUT [PAGE...]      PAGE as lab3 (all pages if none)
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { open, withBrowser } from './browser.mjs';

const [site, out] = process.argv.slice(2, 4).map((path) => resolve(path));
const names = process.argv.slice(4);
const VIEWS = {
  wide: { width: 1280 },
  phone: { width: 390, height: 844 },
  dark: { width: 1280, dark: true },
  'phone-dark': { width: 390, height: 844, dark: true },
};

const pages = (language) => readdirSync(`${site}/${language}`)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replace('.html', ''))
  .filter((name) => (names.length ? names.includes(name) : !['toc', 'print', 'index'].includes(name)));

mkdirSync(out, { recursive: true });
await withBrowser(site, async (browser, address) => {
  for (const language of ['en', 'ar']) {
    for (const name of pages(language)) {
      for (const [view, size] of Object.entries(VIEWS)) {
        const page = await open(browser, `${address}/${language}/${name}.html`, size);
        await page.screenshot({ path: `${out}/${name}.${language}.${view}.png`, fullPage: true });
        await page.close();
      }
    }
  }
});

// Prints built pages as PDFs.
//
//   node print.mjs BOOKS OUT EDITION      BOOKS/en and BOOKS/ar, built by mdBook
//
// One PDF for the whole course and one for each lab's handout, in both languages:
// OUT/lab3.en.student.pdf, OUT/course.ar.instructor.pdf, ….
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { open, withBrowser } from './browser.mjs';

const [books, out] = process.argv.slice(2, 4).map((path) => resolve(path));
const edition = process.argv[4];

function pages(language) {
  const names = readdirSync(`${books}/${language}`).map((file) => file.replace(/\.html$/, ''));
  const handouts = names.filter((name) => /^lab\d+$|^header-inspector$/.test(name));
  return [['print', 'course'], ...handouts.map((name) => [name, name])];
}

mkdirSync(out, { recursive: true });
await withBrowser(books, async (browser, address) => {
  for (const language of ['en', 'ar']) {
    for (const [page, name] of pages(language)) {
      const tab = await open(browser, `${address}/${language}/${page}.html`, { media: 'print' });
      const path = `${out}/${name}.${language}.${edition}.pdf`;
      await tab.pdf({ path, preferCSSPageSize: true, tagged: true, outline: true });
      await tab.close();
      console.log(path);
    }
  }
});

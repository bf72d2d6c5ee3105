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
const EDITIONS = {
  en: { student: "Student's edition", instructor: "Instructor's edition, with hints and answers" },
  ar: { student: 'نسخة الطالب', instructor: 'نسخة المدرّس، مع التلميحات والأجوبة' },
};

function pages(language) {
  const names = readdirSync(`${books}/${language}`).map((file) => file.replace(/\.html$/, ''));
  const handouts = names.filter((name) => /^lab\d+$|^header-inspector$/.test(name));
  return [['print', 'course'], ...handouts.map((name) => [name, name])];
}

// The whole course begins with its title and its pages' titles.
function cover(edition) {
  const main = document.querySelector('main');
  const titles = [...main.querySelectorAll('h1')];
  const section = document.createElement('section');
  section.className = 'cover';
  const title = document.createElement('p');
  title.className = 'cover-title';
  title.textContent = document.querySelector('.menu-title').textContent;
  const which = document.createElement('p');
  which.textContent = edition;
  const list = document.createElement('ol');
  for (const heading of titles) {
    const link = document.createElement('a');
    link.href = `#${heading.id}`;
    link.textContent = heading.textContent;
    list.appendChild(document.createElement('li')).appendChild(link);
  }
  section.append(title, which, list);
  main.prepend(section);
}

mkdirSync(out, { recursive: true });
await withBrowser(books, async (browser, address) => {
  for (const language of ['en', 'ar']) {
    for (const [page, name] of pages(language)) {
      const tab = await open(browser, `${address}/${language}/${page}.html`, { media: 'print' });
      if (name === 'course') await tab.evaluate(cover, EDITIONS[language][edition]);
      const path = `${out}/${name}.${language}.${edition}.pdf`;
      await tab.pdf({ path, preferCSSPageSize: true, tagged: true, outline: true });
      await tab.close();
      console.log(path);
    }
  }
});

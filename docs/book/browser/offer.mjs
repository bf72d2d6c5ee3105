// Puts links to the students' PDFs on the website's first page.
//
//   node offer.mjs SITE
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const site = process.argv[2];
const NAMES = {
  en: { course: 'The whole course (PDF)', lab: 'Lab' },
  ar: { course: 'المقرر كله (PDF)', lab: 'المختبر' },
};

function label(name, words) {
  if (name === 'course') return words.course;
  return name.startsWith('lab') ? `${words.lab} ${name.slice(3)}` : name;
}

function line(language, words) {
  const pdfs = readdirSync(`${site}/pdf`).filter((pdf) => pdf.includes(`.${language}.`));
  const links = pdfs.map((pdf) => `<a href="pdf/${pdf}">${label(pdf.split('.')[0], words)}</a>`);
  return `<p lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">${links.join(' ')}</p>`;
}

const page = `${site}/index.html`;
const lines = Object.entries(NAMES).map(([language, words]) => line(language, words));
writeFileSync(page, readFileSync(page, 'utf8').replace('<!-- PDFs -->', lines.join('\n')));

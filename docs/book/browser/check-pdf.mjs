// Is the text of the printed course what its readers need? Arabic is found by
// searching, pages are numbered in the page's language, and the student's edition
// keeps hints and answers to itself, on three sheets at most, printed on both sides.
//
//   node check-pdf.mjs PDFS
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const folder = process.argv[2];
const faults = [];

// As a viewer's search sees it: without direction marks, one form for each letter.
function text(pdf) {
  const printed = execFileSync('pdftotext', ['-q', `${folder}/${pdf}`, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return printed.normalize('NFKC').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function pages(pdf) {
  const info = execFileSync('pdfinfo', [`${folder}/${pdf}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Number(/^Pages:\s+(\d+)/m.exec(info)[1]);
}

function expect(holds, fault) {
  if (!holds) faults.push(fault);
}

const WORDS = {
  en: { number: /Page \d+ of \d+/, hint: /^Hint [123]/m, answer: /^Answer \d/m, find: ['port', 'socket'] },
  ar: { number: /صفحة/, hint: /التلميح [123]/, answer: /الجواب \d/, find: ['منفذ', 'المنافذ', 'مقبس', 'الاتصال', 'ثلاثة'] },
};

const pdfs = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
for (const pdf of pdfs) {
  const [name, language, edition] = pdf.split('.');
  const words = WORDS[language];
  const printed = text(pdf);
  expect(words.number.test(printed), `${pdf}: no page numbers`);
  if (edition === 'student') {
    expect(!words.hint.test(printed), `${pdf}: holds hints`);
    expect(!words.answer.test(printed), `${pdf}: holds answers`);
    expect(!name.startsWith('lab') || pages(pdf) <= 6, `${pdf}: ${pages(pdf)} pages, not 6`);
  } else if (name.startsWith('lab')) {
    expect(words.hint.test(printed), `${pdf}: holds no hints`);
    expect(words.answer.test(printed), `${pdf}: holds no answers`);
  }
  if (name === 'course') {
    words.find.forEach((word) => expect(printed.includes(word), `${pdf}: ${word} is not found`));
  }
}
console.log(`read ${pdfs.length} PDFs: ${faults.length} faults`);
faults.forEach((fault) => console.log(`- ${fault}`));
process.exit(faults.length || !pdfs.length ? 1 : 0);

// The Arabic book's buttons and its search. mdBook speaks English only and its
// index keeps English words only, so the Arabic index is built here, in the reader's
// browser, from the text that mdBook stored. Runs before mdBook's own scripts.
(() => {
  'use strict';
  if (document.documentElement.lang !== 'ar') return;

  const WORDS = {
    'Toggle Table of Contents': 'المحتويات',
    'Table of contents': 'المحتويات',
    'Change theme': 'المظهر',
    'Themes': 'المظاهر',
    'Search (`/`)': 'بحث (`/`)',
    'Toggle Searchbar': 'بحث',
    'Print this book': 'طباعة المقرر كله',
    'Previous chapter': 'الصفحة السابقة',
    'Next chapter': 'الصفحة التالية',
    'Page navigation': 'التنقل بين الصفحات',
    'Copy to clipboard': 'نسخ',
    'Search this book ...': 'ابحث في المقرر…',
    'Auto': 'تلقائي',
    'Light': 'فاتح',
    'Rust': 'صدئي',
    'Coal': 'فحمي',
    'Navy': 'كحلي',
    'Ayu': 'داكن',
    'Keyboard shortcuts': 'اختصارات لوحة المفاتيح',
  };
  const KEYS = [
    [['←', '→'], 'للتنقل بين الصفحات'],
    [['S', '/'], 'للبحث'],
    [['?'], 'لعرض هذه القائمة'],
    [['Esc'], 'لإخفائها'],
  ];

  function translateWords() {
    for (const attribute of ['title', 'aria-label', 'placeholder']) {
      document.querySelectorAll(`[${attribute}]`).forEach((element) => {
        const word = WORDS[element.getAttribute(attribute)];
        if (word) element.setAttribute(attribute, word);
      });
    }
    document.querySelectorAll('.theme, .mdbook-help-title').forEach((element) => {
      element.textContent = WORDS[element.textContent] ?? element.textContent;
    });
  }

  function translateKeys() {
    document.querySelectorAll('#mdbook-help-popup p').forEach((line, index) => {
      const [keys, meaning] = KEYS[index];
      line.innerHTML = keys.map((key) => `<kbd>${key}</kbd>`).join(' أو ') + ' ' + meaning;
    });
  }

  // mdBook writes "3 search results for 'x':" into this element.
  function translateCount() {
    const header = document.getElementById('mdbook-searchresults-header');
    if (!header) return;
    Object.defineProperty(header, 'innerText', {
      set(text) {
        const count = /^\d+/.exec(text)?.[0];
        const word = /'(.*)'/.exec(text)?.[1] ?? '';
        header.textContent = count ? `عدد النتائج عن «${word}»: ${count}` : `لا نتائج عن «${word}».`;
      },
    });
  }

  addEventListener('DOMContentLoaded', () => {
    translateWords();
    translateKeys();
    translateCount();
    addEventListener('load', translateWords); // the copy buttons come later
  });

  // One form for all spellings of a word: without harakat, tatweel, hamza and
  // direction marks, without punctuation at its ends, without its article.
  const fold = (word) => word.toLowerCase().normalize('NFKD')
    .replace(/[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c-\u200f\u2066-\u2069]/g, '')
    .replace(/ى/g, 'ي').replace(/ة/g, 'ه')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/^(?:[وف]?[بك]?ال|[وف]?لل)(?=..)/, '');

  function index(library, saved) {
    const index = library(function () {
      this.setRef('id');
      saved.fields.forEach((field) => this.addField(field));
      this.pipeline.reset();
      this.pipeline.add(fold);
    });
    Object.values(saved.documentStore.docs).forEach((doc) => index.addDoc(doc));
    return index;
  }

  // mdBook's search library announces itself by setting this name.
  let library;
  Object.defineProperty(window, 'elasticlunr', {
    configurable: true,
    get: () => library,
    set: (loaded) => {
      library = loaded;
      loaded.Pipeline.registerFunction(fold, 'arabic');
      loaded.stemmer = fold; // marks the words found in the results' excerpts
      loaded.Index.load = (saved) => index(loaded, saved);
    },
  });
})();

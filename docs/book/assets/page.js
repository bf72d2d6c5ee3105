// What mdBook lacks for a course in two languages and for readers without a mouse:
// a language switch that stays on the page and at its heading, a way past the
// menus, a table of contents that the keyboard opens, and short code that is not
// broken at its hyphens. Runs before mdBook's own scripts.
(() => {
  'use strict';
  const arabic = document.documentElement.lang === 'ar';
  const headings = () => [...document.querySelectorAll('main :is(h1, h2, h3, h4)')];

  // Both pages have the same headings in the same order (the parity test sees to
  // that), so the number of a heading is the same place in both.
  const currentHeading = () => headings().findLastIndex((h) => h.getBoundingClientRect().top < 120);

  function goToNumberedHeading() {
    const number = /^#heading-(\d+)$/.exec(location.hash)?.[1];
    const heading = number && headings()[Number(number)];
    if (!heading) return;
    history.replaceState(null, '', '#' + heading.id);
    heading.scrollIntoView();
  }

  function addSwitch() {
    const language = arabic ? 'en' : 'ar';
    const page = location.pathname.split('/').pop() || 'index.html';
    const link = document.createElement('a');
    link.className = 'lang-switch';
    link.lang = link.hreflang = language;
    link.textContent = arabic ? 'English' : 'العربية';
    link.href = `../${language}/${page}`;
    link.addEventListener('click', () => {
      const number = currentHeading();
      link.hash = number > 0 ? `heading-${number}` : '';
    });
    document.querySelector('.right-buttons')?.prepend(link);
  }

  function addWayPastTheMenus() {
    const link = document.createElement('a');
    link.className = 'skip';
    link.href = '#mdbook-content';
    link.textContent = arabic ? 'إلى النص' : 'Skip to the text';
    document.body.prepend(link);
    document.getElementById('mdbook-content')?.setAttribute('tabindex', '-1');
  }

  function letTheKeyboardOpenTheContents() {
    const label = document.getElementById('mdbook-sidebar-toggle');
    if (!label) return;
    label.tabIndex = 0;
    label.setAttribute('role', 'button');
    label.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      label.click();
    });
  }

  // Ctrl-C and --port stay on one line; what is longer than this may be broken.
  const SHORT = 26;

  function keepShortCodeWhole() {
    for (const code of document.querySelectorAll('main :not(pre) > code')) {
      if (code.textContent.length <= SHORT) code.classList.add('short');
    }
  }

  addEventListener('DOMContentLoaded', () => {
    keepShortCodeWhole();
    addSwitch();
    addWayPastTheMenus();
    letTheKeyboardOpenTheContents();
    goToNumberedHeading();
  });
})();

// Opens the pages, each time anew, and notes what they complain of or ask for.
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 740 };

export async function opened(browser, address, name) {
  const page = await browser.newPage();
  const trouble = [];
  const url = `${address}/${name}.html`;
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    trouble.push("a dialog opened");
    dialog.dismiss();
  });
  page.on("request", (request) => {
    // The browser itself asks each server for an icon.
    const expected = [url, `${address}/favicon.ico`];
    if (!expected.includes(request.url().split("#")[0])) trouble.push(`request: ${request.url()}`);
  });
  await page.setViewport(WIDE);
  await theme(page, "light");
  await page.goto(url);
  return { page, url, trouble };
}

export async function theme(page, value) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
}

export async function spoken(page) {
  return page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
}

// How many elements of a selector can be seen.
export async function seen(page, selector) {
  return page.$$eval(selector, (all) => all.filter((element) => element.checkVisibility()).length);
}

// Leaves screenshots and PDFs of the pages in FOLDER, to look at.
//   node pictures.mjs FOLDER PICTURES
import { join } from "node:path";
import { withBrowser } from "../../../docs/book/browser/browser.mjs";
import { PHONE, WIDE, opened, spoken, theme } from "./pages.mjs";

const [folder, pictures] = process.argv.slice(2);

async function picture(browser, address, name, { language, look, size }) {
  const { page } = await opened(browser, address, name);
  await theme(page, look);
  await page.setViewport(size);
  if ((await spoken(page)).lang !== language) await page.click("#language");
  const rows = await page.$$(".row");
  if (rows.length > 3) await rows[3].click();
  const form = size === PHONE ? "phone" : "wide";
  const path = join(pictures, `${name}-${form}-${look}-${language}`);
  await page.screenshot({ path: `${path}.png`, fullPage: size === PHONE });
  if (size === WIDE) await page.pdf({ path: `${path}.pdf`, format: "A4" });
  await page.close();
}

await withBrowser(folder, async (browser, address) => {
  for (const language of ["en", "ar"]) {
    for (const look of ["light", "dark"]) {
      for (const size of [WIDE, PHONE]) {
        await picture(browser, address, "paper-session", { language, look, size });
      }
    }
  }
  for (const name of ["odd", "hostile"]) {
    await picture(browser, address, name, { language: "en", look: "light", size: WIDE });
  }
});

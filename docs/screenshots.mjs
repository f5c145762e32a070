// @ts-check
// `npm run docs:screenshots -- <address of a demo portal> [name of a picture]…`: takes the pictures of README and manual, in light and dark.
// Launches what the pictures show, so give it a demo portal, best one that was started on an empty data folder.
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const [base = "http://localhost:3000", ...wanted] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, "pictures");
const browserFile = [process.env.CHROMIUM_BIN, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (file) => file && fs.existsSync(file),
);
const patience = 120_000;
const mostBytes = 250_000;
const desk = { width: 1280, height: 800 };
const phone = { width: 320, height: 640 };

const accounts = { maya: "Maya Fischer", ari: "Ari Cohen", priya: "Priya Raman", audrey: "Audrey Lambert" };
/** @typedef {keyof typeof accounts} Who */
/** @typedef {import("@playwright/test").Page} Page */

const browser = await chromium.launch({
  ...(browserFile && { executablePath: browserFile }),
  // Chromium's sandbox refuses to run as root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

/** A page of a browser of its own. */
async function openPage(viewport = desk) {
  const context = await browser.newContext({
    baseURL: base,
    colorScheme: "light",
    viewport,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.setDefaultNavigationTimeout(patience);
  return page;
}

async function signIn(/** @type {Page} */ page, /** @type {Who} */ who) {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: accounts[who] }).click();
  await page.waitForURL(/\/s\//);
}

const open = (/** @type {Page} */ page, /** @type {string} */ at) => page.goto(`/s/payments/${at}`);

/** Fills the launch form by a sentence; the page then shows the draft with its decision. */
async function ask(/** @type {Page} */ page, /** @type {string} */ sentence) {
  await open(page, "launch");
  const box = page.getByRole("textbox", { name: "Describe what you need" });
  const fill = page.getByRole("button", { name: /Fill the form/ });
  // The field may be typed into before the page is alive: until the button believes it.
  for (;;) {
    await box.fill("");
    await box.fill(sentence);
    if (await fill.isEnabled()) break;
    await page.waitForTimeout(300);
  }
  await fill.click();
  await page.waitForURL(/draft=/);
  await page
    .getByRole("button", { name: /^(Launch|Request approval|Cannot launch)$/ })
    .first()
    .waitFor();
}

/** Names the draft on the page and sends it off. Returns the address of its environment's page. */
async function send(/** @type {Page} */ page, /** @type {{ name: string, button: string }} */ { name, button }) {
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByText("saved", { exact: true }).waitFor();
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.waitForURL(/\/environments\/env-\d+/);
  return new URL(page.url()).pathname;
}

/** What the pictures show, made once: a running preview, and a request that waits for somebody else. */
async function prepare() {
  const page = await openPage();
  await signIn(page, "maya");
  await ask(page, 'A web preview titled "Release notes" saying "Version 2.4 is out" for 3 hours');
  const preview = await send(page, { name: "release-notes", button: "Launch" });
  await page.getByRole("main").getByText("Active", { exact: true }).first().waitFor();
  await ask(page, "A GPU node with an A10G in Ireland for 6 hours with 500 GB for the data set");
  const waiting = await send(page, { name: "fraud-model-training", button: "Request approval" });
  await page.context().close();

  const approver = await openPage();
  await signIn(approver, "ari");
  await open(approver, "approvals");
  const row = approver.getByRole("main").getByRole("link", { name: "fraud-model-training" }).first();
  const approval = (await row.getAttribute("href")) ?? "";
  await approver.context().close();
  return { preview, waiting, approval };
}

/** Ends what was made, so that taking the pictures again finds places free. */
async function tidy(/** @type {string[]} */ environments) {
  const page = await openPage();
  await signIn(page, "maya");
  for (const environment of environments) {
    await page.goto(environment);
    const more = page.getByRole("button", { name: "More actions" });
    const act = page.getByRole("menuitem", { name: /^(Terminate|Withdraw)/ });
    for (let tries = 0; tries < 20 && !(await act.isVisible()); tries++) {
      await more.click();
      await page.waitForTimeout(500);
    }
    const isTerminate = (await act.innerText()).startsWith("Terminate");
    await act.click();
    if (isTerminate) await page.getByRole("button", { name: /^Terminate env-/ }).click();
    await page
      .getByText(/^(Ending|Ended|Withdrawn)$/)
      .first()
      .waitFor();
  }
  await page.context().close();
}

/** @type {Record<string, { who?: Who, viewport?: typeof desk, show: (page: Page, made: Awaited<ReturnType<typeof prepare>>) => Promise<unknown> }>} */
const pictures = {
  "sign-in": { show: (page) => page.goto("/sign-in") },
  home: { who: "maya", show: (page) => open(page, "") },
  catalog: { who: "maya", show: (page) => open(page, "catalog") },
  launch: { who: "maya", show: (page) => ask(page, "I need a Postgres called shop for two hours to try a migration") },
  denied: { who: "maya", show: (page) => ask(page, "an AWS web service in Virginia for 4 hours") },
  approval: { who: "ari", show: (page, { approval }) => page.goto(approval) },
  environment: { who: "maya", show: (page, { preview }) => page.goto(preview) },
  environments: { who: "maya", show: (page) => open(page, "environments") },
  policies: { who: "priya", show: (page) => open(page, "policies") },
  "policy-tests": {
    who: "priya",
    show: async (page) => {
      await open(page, "policies/maximum-duration?tab=tests");
      await page.getByRole("button", { name: "Run the tests" }).click();
      await page.getByText(/\d+ passed, \d+ failed/).waitFor();
    },
  },
  audit: { who: "audrey", show: (page) => open(page, "audit") },
  reports: { who: "priya", show: (page) => open(page, "reports") },
  phone: { who: "maya", viewport: phone, show: (page, { preview }) => page.goto(preview) },
};

/** Waits until nothing on the page waits any more. */
async function untilStill(/** @type {Page} */ page) {
  await page.waitForLoadState("load");
  await page.getByRole("main").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .mantine-Skeleton-root"));
  // A development server marks its pages; a picture is of the product.
  await page.addStyleTag({ content: "nextjs-portal { display: none }" });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1000);
}

/** One picture in both schemes. */
async function take(/** @type {string} */ name, /** @type {Awaited<ReturnType<typeof prepare>>} */ made) {
  const picture = pictures[name];
  if (!picture) return;
  const page = await openPage(picture.viewport);
  try {
    if (picture.who) await signIn(page, picture.who);
    await picture.show(page, made);
    await untilStill(page);
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(500);
      const file = path.join(folder, `${name}-${colorScheme}.png`);
      await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
      const size = fs.statSync(file).size;
      console.log(`${path.relative(process.cwd(), file)} ${Math.round(size / 1000)} KB`);
      if (size > mostBytes) console.warn(`  larger than ${mostBytes / 1000} KB`);
    }
  } finally {
    await page.context().close();
  }
}

async function main() {
  const names = wanted.length > 0 ? wanted : Object.keys(pictures);
  const unknown = names.filter((name) => !pictures[name]);
  if (unknown.length > 0)
    throw new Error(`No picture is called ${unknown.join(", ")}. There are: ${Object.keys(pictures).join(", ")}.`);
  fs.mkdirSync(folder, { recursive: true });
  const needed = names.some((name) => pictures[name]?.show.length === 2);
  const made = needed ? await prepare() : { preview: "", waiting: "", approval: "" };
  for (const name of names)
    await take(name, made).catch((error) => {
      console.error(`${name} was not taken: ${error.message}`);
      process.exitCode = 1;
    });
  if (needed) await tidy([made.preview, made.waiting]);
}

await main().finally(() => browser.close());

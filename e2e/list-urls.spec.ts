import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** What a list shows: its controls, its open tab, facets and drawer, and its rows by their keys. */
function viewOf(page: Page) {
  return page.evaluate(() => {
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map((each) => each.textContent?.trim());
    const controls = [...document.querySelectorAll<HTMLInputElement>("main input, main select")];
    return {
      query: window.location.search,
      controls: controls.map(({ type, value, checked }) => (type === "radio" || type === "checkbox" ? checked : value)),
      tab: texts("main [role=tab][aria-selected=true]"),
      // A count may have moved on meanwhile; which facet is chosen may not.
      chosen: texts("main [aria-pressed=true]").map((text) => text?.replace(/\d+$/, "")),
      drawer: texts("[role=dialog] h2"),
      rows: [...document.querySelectorAll<HTMLElement>("main [data-row]")].map((row) => row.dataset.row),
      isBusy: document.querySelector("main [aria-busy=true]") !== null,
    };
  });
}

/** Somebody who opens the address of `page` sees the same, once both wait for nothing; gives back what they see. */
async function seenAlike(page: Page, elsewhere: Page) {
  await elsewhere.goto(page.url());
  let seen = await viewOf(page);
  await expect(async () => {
    seen = await viewOf(page);
    expect(seen.isBusy).toBe(false);
    expect(await viewOf(elsewhere)).toEqual(seen);
  }).toPass();
  return seen;
}

type List = {
  path: string;
  /** Steps in order, each with the address it must lead to; the last one is undone by the back button. */
  steps: { does: (page: Page) => Promise<unknown>; query: RegExp }[];
  /** Whether there are rows to compare at the end. */
  hasRows: boolean;
};

const choose = (label: string, option: string) => (page: Page) => page.getByLabel(label).selectOption(option);
const openTab = (name: string) => (page: Page) => page.getByRole("tab", { name, exact: true }).click();

const lists: List[] = [
  {
    path: "environments",
    hasRows: true,
    steps: [
      { does: (page) => page.getByLabel("Find by name or id").fill("a"), query: /q=a/ },
      { does: choose("Sort", "-cost"), query: /sort=-cost/ },
      { does: choose("State", "over"), query: /q=a.*state=over|state=over.*q=a/ },
    ],
  },
  {
    path: "approvals",
    hasRows: true,
    steps: [
      { does: openTab("All"), query: /tab=all/ },
      {
        does: (page) => page.getByRole("switch", { name: "Also those already settled" }).click(),
        query: /settled=yes/,
      },
      { does: openTab("Mine"), query: /tab=mine/ },
      { does: openTab("All"), query: /tab=all/ },
    ],
  },
  {
    path: "catalog",
    hasRows: true,
    steps: [
      { does: (page) => page.getByLabel("Search the catalog").fill("web"), query: /q=web/ },
      { does: (page) => page.getByRole("group", { name: "Runs on" }).getByText("aws").click(), query: /cloud=aws/ },
    ],
  },
  {
    path: "audit",
    hasRows: true,
    steps: [
      { does: (page) => page.getByLabel("Search", { exact: true }).fill("action:approval.*"), query: /q=action/ },
      {
        does: (page) => page.getByRole("group", { name: "Actor" }).getByRole("button").first().click(),
        query: /actor%3A/,
      },
      {
        does: (page) =>
          page
            .getByRole("button", { name: /^Event \d+:/ })
            .first()
            .click(),
        query: /event=\d+/,
      },
    ],
  },
  {
    path: "reports",
    hasRows: false,
    steps: [
      { does: openTab("Cost"), query: /report=cost/ },
      { does: choose("Period", "90d"), query: /period=90d/ },
      { does: openTab("Time to ready"), query: /report=ready/ },
    ],
  },
  { path: "blueprints", hasRows: false, steps: [] },
  { path: "policies", hasRows: false, steps: [] },
  {
    path: "policies/allowed-regions",
    hasRows: false,
    steps: [{ does: openTab("Last decisions"), query: /tab=decisions/ }],
  },
  { path: "settings", hasRows: false, steps: [{ does: openTab("Members"), query: /tab=members/ }] },
];

test("the address of every list restores its view, elsewhere and with the back button", async ({ visit }) => {
  // Nine lists, each opened several times.
  test.setTimeout(240_000);
  const sam = await visit();
  const elsewhere = await visit();
  await sam.signIn("sam");
  await elsewhere.signIn("sam");
  for (const { path, steps, hasRows } of lists)
    await test.step(path, async () => {
      const { page } = sam;
      await sam.open(path);
      await expect(page.locator("main [data-row], main canvas, main h2, main [role=tabpanel]").first()).toBeVisible();
      let before = "";
      let shown = await seenAlike(page, elsewhere.page);
      for (const { does, query } of steps) {
        before = page.url();
        await does(page);
        await expect(page).toHaveURL(query);
        shown = await seenAlike(page, elsewhere.page);
      }
      if (!before) return;
      await page.goBack();
      await expect(page).toHaveURL(before);
      const back = await seenAlike(page, elsewhere.page);
      expect(back).not.toEqual(shown);
      if (hasRows) expect(shown.rows.length).toBeGreaterThan(0);
    });
});

test("what does not exist is not found, in the portal's frame", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  maya.expected.push(/status of 404/);
  const unknown = ["nowhere", "environments/env-999999", "catalog/nothing", "blueprints/nothing", "policies/nothing"];
  for (const path of unknown) {
    const answer = await maya.page.goto(`/s/payments/${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(maya.page.getByRole("main").getByRole("heading", { name: "Not found" })).toBeVisible();
    await expect(maya.page.getByRole("navigation", { name: "Places" })).toBeVisible();
  }
  const answer = await maya.page.goto("/s/nobodys-space/environments");
  expect(answer?.status()).toBe(404);
  await expect(maya.page.getByRole("heading", { name: "No such space" })).toBeVisible();
  await expect(maya.page.getByRole("link", { name: "Go to Payments" })).toBeVisible();
});

test("a stranger who opens a shared list signs in and finds it as it was", async ({ visit }) => {
  const maya = await visit();
  const shared = "environments?sort=ends&state=over";
  await maya.open(shared);
  await maya.page.getByRole("button", { name: "Maya Fischer" }).click();
  await expect(maya.page).toHaveURL(new RegExp(`/s/payments/${shared.replace("?", "\\?")}$`));
  await expect(maya.page.getByLabel("State")).toHaveValue("over");
});

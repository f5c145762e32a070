import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";

/** Names of the demo accounts, as the sign-in page offers them. */
export const people = {
  maya: "Maya Fischer",
  ari: "Ari Cohen",
  priya: "Priya Raman",
  audrey: "Audrey Lambert",
  sam: "Sam Whitfield",
  alex: "Alex Novak",
} as const;
export type Who = keyof typeof people;

/** Somebody at a browser of his own; whatever that browser's console complains of fails the test. */
export class Visitor {
  readonly page: Page;
  readonly complaints: string[] = [];
  /** Complaints that a journey provokes on purpose. */
  readonly expected: RegExp[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  async signIn(who: Who): Promise<void> {
    await this.page.goto("/sign-in");
    await this.page.getByRole("button", { name: people[who] }).click();
    await this.page.waitForURL(/\/s\/[a-z-]+/);
  }

  /** Goes to a page of the space Payments. */
  async open(path: string): Promise<void> {
    await this.page.goto(`/s/payments/${path}`);
  }

  /** Says what is needed and waits until the form is filled. */
  async ask(sentence: string): Promise<void> {
    await this.open("launch");
    await this.page.getByRole("textbox", { name: "Describe what you need" }).fill(sentence);
    await this.page.getByRole("button", { name: /Fill the form/ }).click();
    await this.page.waitForURL(/draft=/);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  /** Presses what the launch page offers and waits for the environment's page. Returns its number. */
  async press(name: string | RegExp): Promise<number> {
    await this.button(name).click();
    await this.page.waitForURL(/\/environments\/env-\d+/);
    return Number(/env-(\d+)/.exec(this.page.url())?.[1]);
  }

  async untilState(word: string, timeout = 60_000): Promise<void> {
    await expect(this.page.getByRole("main").getByText(word, { exact: true }).first()).toBeVisible({ timeout });
  }

  /** Calls a procedure as this browser's session does: for what a screen does not offer on purpose. */
  async call(
    path: string,
    input: unknown,
  ): Promise<{
    status: number;
    body: { error?: { json: { message: string } }; result?: { data: { json: unknown } } };
  }> {
    const origin = new URL(this.page.url()).origin;
    const response = await this.page.request.post(`/api/trpc/${path}`, { data: { json: input }, headers: { origin } });
    return { status: response.status(), body: await response.json() };
  }
}

/** Address of a second web process of the same portal, where there is one. */
export type OtherWeb = { otherWeb: string };
type Fixtures = { visit: () => Promise<Visitor> };

export const test = base.extend<Fixtures & OtherWeb>({
  otherWeb: ["", { option: true }],
  // The first visitor comes to the one web process, everybody after to the other: what one does, the other must see.
  visit: async ({ browser, otherWeb }, use) => {
    const contexts: BrowserContext[] = [];
    const visitors: Visitor[] = [];
    await use(async () => {
      const isLater = contexts.length > 0 && otherWeb !== "";
      const context = await browser.newContext(isLater ? { baseURL: otherWeb } : {});
      contexts.push(context);
      const visitor = new Visitor(await context.newPage());
      visitors.push(visitor);
      return visitor;
    });
    for (const context of contexts) await context.close();
    for (const { complaints, expected } of visitors)
      expect(complaints.filter((text) => !expected.some((known) => known.test(text)))).toEqual([]);
  },
});

export { expect };

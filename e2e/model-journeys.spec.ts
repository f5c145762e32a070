import pg from "pg";
import { expect, test, type Visitor } from "./fixtures.ts";

const byRules = /The built-in planner read your sentence instead/;
/** How the model answers, and what the page then says. */
const manners = [
  { mode: "well", says: null },
  { mode: "unknown blueprint", says: /The catalog has no such blueprint as was proposed/ },
  { mode: "invents", says: null },
  { mode: "broken JSON", says: byRules },
  { mode: "never", says: byRules },
] as const;

/** Tells the model, which listens two ports above the first portal, how to answer from now on. */
async function answerAs(visitor: Visitor, mode: string): Promise<void> {
  const portal = new URL(visitor.page.url());
  const set = await visitor.page.request.put(`http://127.0.0.1:${Number(portal.port) + 1}/mode`, { data: mode });
  expect(await set.text()).toBe(mode);
}

async function ask(visitor: Visitor, manner: (typeof manners)[number], sentence: string): Promise<void> {
  await answerAs(visitor, manner.mode);
  await visitor.ask(sentence);
  if (manner.says) await expect(visitor.page.getByText(manner.says).first()).toBeVisible();
  await expect(visitor.page.getByText("you said").first()).toBeVisible();
  await expect(visitor.page.getByRole("main")).not.toContainText(
    /mars-north|free-lunch|waived by security|0\.00 a month/,
  );
}

for (const manner of manners) {
  test(`a database by sentence, with a model that answers: ${manner.mode}`, async ({ visit }) => {
    const maya = await visit();
    await maya.signIn("maya");
    await ask(maya, manner, "I need a Postgres for two hours to try a migration");
    await expect(maya.button("Launch")).toBeEnabled();
    await maya.press("Launch");
    await maya.untilState("Active");
    await maya.button("Show Connection string").click();
    const dsn = maya.page.locator("code", { hasText: /^postgres(ql)?:\/\// });
    const client = new pg.Client({ connectionString: (await dsn.textContent()) ?? "" });
    await client.connect();
    await client.end();
    await maya.button(/More/).click();
    await maya.page.getByRole("menuitem", { name: /Terminate/ }).click();
    await maya.button(/^Terminate env-\d+/).click();
    await maya.untilState("Ended");
  });

  test(`a denied region, with a model that answers: ${manner.mode}`, async ({ visit }) => {
    const maya = await visit();
    await maya.signIn("maya");
    await ask(maya, manner, "an AWS web service in Virginia for 4 hours");
    await expect(maya.button("Cannot launch")).toBeDisabled();
    await expect(maya.page.getByText("The region us-east-1 is not allowed here.").first()).toBeVisible();
    await maya.button("Take what would pass").click();
    await expect(maya.button("Launch")).toBeEnabled();
    await expect(maya.page.getByLabel("Region", { exact: true })).toHaveValue("eu-central-1");
  });
}

test("what a model made up and nobody said is marked as assumed", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  await answerAs(maya, "assumes");
  await maya.ask("I need a Postgres for two hours to try a migration");
  await expect(maya.page.getByLabel("Size limit", { exact: true })).toHaveValue("19 GB");
  await expect(maya.button(/^Size limit: assumed/)).toBeVisible();
});

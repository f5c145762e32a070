import pg from "pg";
import { expect, test } from "./fixtures.ts";

test("a database by sentence: filled with evidence, connected to, ended by its end time", async ({ visit }) => {
  test.setTimeout(300_000);
  const maya = await visit();
  await maya.signIn("maya");
  await maya.ask("I need a Postgres for two hours to try a migration");
  await expect(maya.page.getByText("you said").first()).toBeVisible();
  // A minute instead, which is hers now: the journey waits for the end time itself.
  await maya.page.getByRole("textbox", { name: "Length" }).fill("0.0167");
  await expect(maya.page.getByText("1 min", { exact: false }).first()).toBeVisible();
  await expect(maya.button("Launch")).toBeEnabled();
  await maya.press("Launch");
  await maya.untilState("Active");

  await maya.button("Show Connection string").click();
  const dsn = maya.page.locator("code", { hasText: /^postgres(ql)?:\/\// });
  const connectionString = (await dsn.textContent()) ?? "";
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query("select 6 * 7 as answer");
  await client.end();
  expect(rows).toEqual([{ answer: 42 }]);

  await maya.untilState("Ended", 200_000);
  await expect(maya.page.getByText("0 resources left")).toBeVisible();
  const gone = new pg.Client({ connectionString });
  await expect(gone.connect()).rejects.toThrow(/ECONNREFUSED/);
});

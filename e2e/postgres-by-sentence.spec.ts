import pg from "pg";
import { expect, test } from "./fixtures.ts";

test("a database by sentence: filled with evidence, connected to, ended by its end time", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  await maya.ask("I need a Postgres for two hours to try a migration");
  await expect(maya.page.getByText("you said").first()).toBeVisible();
  await expect(maya.button("Launch")).toBeEnabled();
  await maya.press("Launch");
  await maya.untilState("Active");

  await maya.button("Show Connection string").click();
  const dsn = maya.page.locator("code", { hasText: /^postgres(ql)?:\/\// });
  const client = new pg.Client({ connectionString: (await dsn.textContent()) ?? "" });
  await client.connect();
  const { rows } = await client.query("select 6 * 7 as answer");
  await client.end();
  expect(rows).toEqual([{ answer: 42 }]);
});

import { expect, test } from "./fixtures.ts";

test("a denied region says why and what would pass, and passes once that is taken", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  await maya.ask("an AWS web service in Virginia for 4 hours");
  await expect(maya.button("Cannot launch")).toBeDisabled();
  await expect(maya.page.getByText("The region us-east-1 is not allowed here.").first()).toBeVisible();
  await maya.button("Take what would pass").click();
  await expect(maya.button("Launch")).toBeEnabled();
  await expect(maya.page.getByRole("combobox", { name: "Region" })).toHaveValue("eu-central-1");
});

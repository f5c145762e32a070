import { expect, test } from "./fixtures.ts";

test("a preview by form: launched, answering, extended, terminated, gone", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  await maya.open("catalog/web-preview");
  await maya.page.getByRole("link", { name: "Launch", exact: true }).click();
  await maya.page.getByRole("textbox", { name: "Name" }).fill("journey preview");
  await expect(maya.button("Launch")).toBeEnabled();
  await maya.press("Launch");
  await maya.untilState("Active");

  const link = maya.page.getByRole("link", { name: /^Open / });
  const address = (await link.getAttribute("href")) ?? "";
  const answer = await maya.page.request.get(address);
  expect(answer.status()).toBe(200);

  await maya.button("Extend…").click();
  const dialog = maya.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Extend: Approved" }).click();
  await expect(dialog).toBeHidden();
  await maya.page.getByRole("tab", { name: "Timeline" }).click();
  await expect(maya.page.getByText(/extended/i).first()).toBeVisible();

  await maya.button(/More/).click();
  await maya.page.getByRole("menuitem", { name: /Terminate/ }).click();
  await maya.button(/^Terminate env-\d+/).click();
  await maya.page.getByRole("tab", { name: "Overview" }).click();
  await maya.untilState("Ended");
  await expect(maya.page.getByText("0 resources left")).toBeVisible();
  await expect(maya.page.request.get(address)).rejects.toThrow(/ECONNREFUSED/);
});

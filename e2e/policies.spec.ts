import { expect, test } from "./fixtures.ts";

test("a draft of a policy is refused at its row, then checked, tested and asked", async ({ visit }) => {
  const priya = await visit();
  priya.expected.push(/400/);
  await priya.signIn("priya");
  await priya.open("policies");
  await priya.page.getByRole("link", { name: "Try a draft" }).click();
  const source = priya.page.getByRole("textbox", { name: "Policy", exact: true });
  await expect(source).toContainText("Ten hours at most");

  await priya.button("Check and ask").click();
  await expect(priya.page.getByText("720 minutes are more than 600.")).toBeVisible();
  await expect(priya.page.getByText("2 passed, 0 failed")).toBeVisible();

  await source.click();
  await priya.page.keyboard.press("ControlOrMeta+a");
  await priya.page.keyboard.insertText("package torque.environment\n\nresult := nobody_said");
  await priya.button("Check and ask").click();
  await expect(priya.page.getByText(/draft\.rego:3: rego_unsafe_var_error: var nobody_said is unsafe/)).toBeVisible();
});

test("static rules are found by what they look at, and lead to their place in the policy", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  await maya.open("policies/rules");
  await maya.page.getByRole("textbox", { name: "Find by rule" }).fill("aws_redshift_cluster public");
  const rule = maya.page.getByRole("link", { name: "aws-redshift-public" });
  await expect(rule).toBeVisible();
  await rule.click();
  await expect(maya.page.getByRole("tab", { name: "Source" })).toHaveAttribute("aria-selected", "true");
});

test("an auditor asks a stored decision again and comes to the same verdict", async ({ visit }) => {
  const audrey = await visit();
  await audrey.signIn("audrey");
  await audrey.open("environments?q=us-demo");
  await audrey.page
    .getByRole("main")
    .getByRole("link", { name: /us-demo/ })
    .first()
    .click();
  await audrey.button("Re-evaluate").click();
  await expect(audrey.page.getByText("Same verdict")).toBeVisible();
});

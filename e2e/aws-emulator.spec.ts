import { EmulatedAccount, missingForEmulator } from "./aws-emulator.ts";
import { expect, test, type Visitor } from "./fixtures.ts";

const missing = missingForEmulator();
test.skip(missing !== undefined, `Real Terraform against an emulator of AWS: ${missing}.`);
// Terraform and its provider start a dozen times; the journey waits for what it needs, not for a time.
test.setTimeout(600_000);
const patient = { timeout: 240_000 };

let account: EmulatedAccount;
test.beforeAll(async () => {
  account = await EmulatedAccount.open();
});
test.afterAll(() => account?.close());

const secretKey = "planted/emulator+secret/42";

async function connect(alex: Visitor): Promise<void> {
  const { page } = alex;
  await page.goto("/s/data-platform/settings?tab=connections");
  await expect(page.getByText("No cloud is connected")).toBeVisible();
  await alex.button("Add a connection…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("emulator");
  await dialog.getByLabel("Access key", { exact: true }).fill("AKIAEMULATOREXAMPLE0");
  await dialog.getByLabel("Secret key", { exact: true }).fill(secretKey);
  await dialog.getByLabel("Custom endpoint").fill(account.endpoint);
  await dialog.getByRole("button", { name: "Add connection" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row", { name: /emulator/ });
  await expect(row).toContainText("…PLE0");
  await expect(row).toContainText("run with it");
  await expect(page.getByRole("main")).not.toContainText(secretKey);
}

async function launch(maya: Visitor): Promise<void> {
  const { page } = maya;
  await page.goto("/s/data-platform/catalog/aws-private-bucket");
  await expect(page.getByText("For real, with the connection emulator")).toBeVisible();
  await page.getByRole("link", { name: "Launch", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("journey bucket");
  await page.getByText("2 h", { exact: true }).click();
  await expect(maya.button("Launch")).toBeEnabled();
  await maya.press("Launch");
  await expect(page.getByRole("list", { name: "Steps of the launch" })).toContainText("bucket");
  await maya.untilState("Active", patient.timeout);
}

async function bucketOf(maya: Visitor): Promise<string> {
  await maya.page.getByRole("tab", { name: "Resources" }).click();
  await expect(maya.page.getByText("6 of 6 exist.")).toBeVisible();
  const buckets = await account.buckets();
  expect(buckets).toHaveLength(1);
  const [bucket = ""] = buckets;
  await expect(maya.page.getByRole("table", { name: "Resources" })).toContainText(bucket);
  await maya.page.getByRole("tab", { name: "Overview" }).click();
  await expect(maya.page.getByText(`aws s3 sync ./files s3://${bucket}`)).toBeVisible();
  return bucket;
}

async function driftAndRestore(maya: Visitor, bucket: string): Promise<void> {
  const { page } = maya;
  await account.setVersioning(bucket, "Suspended");
  await page.getByRole("tab", { name: "Drift" }).click();
  await maya.button("Check now").click();
  // The bucket itself shows the change as well, in a field of its own.
  const rows = page.getByRole("table", { name: "Drift" }).getByRole("row");
  const found = rows.filter({ hasText: "aws_s3_bucket_versioning.main" });
  await expect(found).toContainText("versioning_configuration[0].status", patient);
  await expect(found).toContainText("− Enabled");
  await expect(found).toContainText("+ Suspended");
  await maya.button("Restore what was applied").click();
  await expect.poll(() => account.versioning(bucket), patient).toBe("Enabled");
  await expect(maya.button("Check again")).toBeEnabled(patient);
  await maya.button("Check again").click();
  await expect(page.getByText("No drift").first()).toBeVisible(patient);
  await expect(page.getByRole("table", { name: "Drift" })).toBeHidden();
}

async function terminate(maya: Visitor): Promise<void> {
  await maya.button(/More/).click();
  await maya.page.getByRole("menuitem", { name: /Terminate/ }).click();
  await maya.button(/^Terminate env-\d+/).click();
  await maya.page.getByRole("tab", { name: "Overview" }).click();
  await maya.untilState("Ended", patient.timeout);
  await expect(maya.page.getByText("0 resources left")).toBeVisible();
  expect(await account.buckets()).toEqual([]);
}

test("a space is connected to AWS: launched for real, drifted, restored, ended, nothing left", async ({ visit }) => {
  const alex = await visit();
  await alex.signIn("alex");
  await connect(alex);
  const maya = await visit();
  await maya.signIn("maya");
  await launch(maya);
  const bucket = await bucketOf(maya);
  await driftAndRestore(maya, bucket);
  await terminate(maya);

  await alex.page.reload();
  await expect(alex.page.getByRole("row", { name: /emulator/ })).toContainText(/env-\d+/);
  await alex.button("Remove emulator…").click();
  await alex.button(/^Remove emulator$/).click();
  await expect(alex.page.getByText("No cloud is connected")).toBeVisible();
});

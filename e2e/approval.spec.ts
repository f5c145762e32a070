import { expect, test } from "./fixtures.ts";

test("a GPU node waits for another person, whose approval shows without a reload", async ({ visit }) => {
  const maya = await visit();
  await maya.signIn("maya");
  await maya.ask("a GPU training node for 4 hours");
  await expect(maya.button("Request approval")).toBeEnabled();
  const number = await maya.press("Request approval");
  await maya.untilState("Waiting for approval");

  // Her own approval is no button here, and refused where a program would try.
  const listed = await maya.page.request.get(
    `/api/trpc/approval.list?input=${encodeURIComponent(JSON.stringify({ json: { space: "payments", tab: "mine" } }))}`,
  );
  const requests = (await listed.json()).result.data.json.items as {
    id: string;
    planHash: string;
    environment: { number: number };
  }[];
  const request = requests.find((item) => item.environment.number === number);
  const refused = await maya.call("approval.vote", {
    requestId: request?.id,
    vote: "approve",
    planHash: request?.planHash,
  });
  expect(refused.status).toBe(403);
  expect(refused.body.error?.json.message).toContain("You asked for this");
  await maya.open(`approvals/${request?.id}`);
  await expect(maya.page.getByText("You asked for this")).toBeVisible();
  await expect(maya.button(/^Approve plan/)).toHaveCount(0);
  await maya.open(`environments/env-${number}`);

  const ari = await visit();
  await ari.signIn("ari");
  await ari.open(`approvals/${request?.id}`);
  const approve = ari.button(/^Approve plan/);
  // Approving opens once each part has been in view; the browser tells of that with the next frame.
  for (const part of ["verdicts", "changes", "estimate"]) {
    await ari.page.locator(`#${part}`).scrollIntoViewIfNeeded();
    await ari.page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
  }
  await expect(approve).toBeEnabled();
  await approve.click();

  await maya.untilState("Active");
  await maya.button(/More/).click();
  await maya.page.getByRole("menuitem", { name: /Terminate/ }).click();
  await maya.button(/^Terminate env-\d+/).click();
  await maya.untilState("Ended");
});

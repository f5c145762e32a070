import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";

const screens = [
  "",
  "catalog",
  "catalog/aws-web-service",
  "launch",
  "launch?blueprint=aws-web-service",
  "environments",
  "environments/env-1",
  "environments/env-1?tab=log",
  "environments/env-1?tab=resources",
  "environments/env-1?tab=cost",
  "environments/env-1?tab=timeline",
  "approvals?tab=all",
  "policies",
  "policies/maximum-duration",
  "policies/maximum-duration?tab=try",
  "policies/aws-databases?tab=rules",
  "policies/rules?q=public",
  "policies/draft",
  "blueprints",
  "blueprints/web-preview",
  "audit",
  "reports",
  "settings",
];

for (const scheme of ["light", "dark"] as const)
  test(`every screen is free of accessibility violations, ${scheme}`, async ({ visit }) => {
    test.setTimeout(300_000);
    const sam = await visit();
    await sam.page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await sam.signIn("sam");
    for (const screen of screens) {
      await sam.open(screen);
      await expect(sam.page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(sam.page.locator("[aria-busy=true]")).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page: sam.page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")} ${nodes[0]?.failureSummary?.slice(0, 160)}`,
      );
      expect.soft(found, screen || "home").toEqual([]);
    }
  });

test("no screen scrolls sideways at 320 pixels", async ({ visit }) => {
  test.setTimeout(200_000);
  const sam = await visit();
  await sam.signIn("sam");
  await sam.page.setViewportSize({ width: 320, height: 640 });
  for (const screen of screens) {
    await sam.open(screen);
    await expect(sam.page.getByRole("heading", { level: 1 })).toBeVisible();
    const width = await sam.page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(width, screen || "home").toBeLessThanOrEqual(320);
  }
});

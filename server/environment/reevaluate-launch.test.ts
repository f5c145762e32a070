import { expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { reevaluateDecision } from "#server/decision/reevaluate-decision.ts";
import { changePolicy } from "#server/policy/policy-settings.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { openPortal } from "./testing/portal.ts";

const database = openTestDatabase();

test.each([
  ["approved", 120, "Approved"],
  ["sent to people", 1000, "Manual"],
  ["denied", 20_000, "Denied"],
] as const)(
  "a launch that was %s re-evaluates to the same verdicts, whatever the limits are now",
  async (_what, minutes, word) => {
    const portal = await openPortal(database.db, { maya: ["member"], pia: ["policy_admin"] });
    const ctx = await portal.as("maya");
    const launched = await launchEnvironment(ctx, portal.launchOf({ durationMinutes: minutes }));
    await changePolicy(await portal.as("pia"), {
      spaceId: portal.spaceId,
      policyName: "maximum-duration",
      data: { approval_minutes: 1, max_minutes: 2 },
      reason: "Everything is different now.",
      version: 0,
    });
    portal.clock.pass(60 * 24 * 40);
    const again = await reevaluateDecision(ctx, { decisionId: launched.decisionId });
    expect(again).toMatchObject({ isSame: true, word: { stored: word, now: word } });
    expect(again.verdicts.length).toBeGreaterThan(5);
  },
);

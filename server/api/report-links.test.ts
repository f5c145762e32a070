import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type EnvironmentState, environments, launchOutcomes } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { recordActor, systemActor } from "#server/actor.ts";
import { type Context, createContext } from "#server/context.ts";
import { ListEnvironmentsInput, listEnvironments } from "#server/environment/list-environments.ts";
import { reportLaunches } from "#server/report/launch-report.ts";

const database = openTestDatabase();
const spaceId = randomUUID();
let ctx: Context;

const at = (day: number) => new Date(Date.UTC(2026, 9, day, 12));
const launched = (state: EnvironmentState, day: number, activeAt: Date | null = null) => ({
  spaceId,
  name: `${state}-${day}`,
  ownerId: randomUUID(),
  requestedBy: recordActor(systemActor("command")),
  via: "ui" as const,
  state,
  stateSince: at(day),
  blueprintName: "web-preview",
  revisionId: randomUUID(),
  agent: "simulator",
  simulated: true,
  inputs: {},
  createdAt: at(day),
  activeAt,
});

beforeAll(async () => {
  ctx = createContext({ db: database.db, actor: systemActor("command"), via: "ui" });
  await database.db
    .insert(environments)
    .values([
      launched("active", 2, at(2)),
      launched("ended", 3, at(3)),
      launched("ended", 3),
      launched("launch_failed", 4),
      launched("denied", 4),
      launched("rejected", 5),
      launched("withdrawn", 5),
      launched("awaiting_approval", 6),
      launched("active", 20, at(20)),
    ]);
});

test("each number of the launch report leads to a list of just so many environments", async () => {
  const period = { from: at(1), to: at(10) };
  const { totals } = await reportLaunches(ctx, { spaceId, ...period, timeZone: "UTC" });
  for (const outcome of launchOutcomes) {
    const asked = { spaceId, outcome, askedFrom: period.from.toISOString(), askedBefore: period.to.toISOString() };
    const { items, total } = await listEnvironments(ctx, ListEnvironmentsInput.parse(asked));
    expect([outcome, total, items.length]).toEqual([outcome, totals[outcome], totals[outcome]]);
  }
  expect(totals).toEqual({ succeeded: 2, failed: 2, denied: 1, rejected: 1, withdrawn: 1, waiting: 1 });
});

test("pages follow one another in every order without a gap or a repeat", async () => {
  for (const sort of ["-created", "created", "ends", "-cost"] as const) {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listEnvironments(ctx, { spaceId, sort, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 9, 9]);
  }
});

import { eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { environments, resources } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import { enqueueJob } from "#server/job/enqueue-job.ts";
import { workOff } from "#server/worker/testing/work-off.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { diskModule } from "./testing/disk-module.ts";
import { openPortal } from "./testing/portal.ts";

const database = openTestDatabase();
beforeEach(() => {
  vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});

const folder = {
  "blueprint.yaml": `spec_version: 2
description: A process, and a disk in the cloud.
metadata:
  gantry:
    title: Stack
    agent: simulator
    duration: { default: 2h }
grains:
  disk:
    kind: terraform
    spec:
      source: { path: terraform }
  process:
    kind: shell
    spec:
      activities:
        deploy: { commands: ["true"] }
        destroy: { commands: ["true"] }
        check: { commands: ["true"] }
`,
  "terraform/main.tf": diskModule,
};

/** An environment on this host, of which a whole look said this, and another look at its process alone. */
async function afterLookAtProcess(known: { driftState: "clean" | "drifted" | "unknown"; driftCheckedAt: Date | null }) {
  const portal = await openPortal(database.db, { maya: ["member"] }, folder);
  const { environmentId } = await launchEnvironment(await portal.as("maya"), { ...portal.launchOf(), inputs: {} });
  await workOff(portal.system);
  const ours = eq(environments.id, environmentId);
  await database.db
    .update(environments)
    .set({ agent: "local", simulated: false, ...known })
    .where(ours);
  if (known.driftState === "drifted")
    await database.db
      .update(resources)
      .set({ state: "drifted", drift: [{ field: "size", expected: 10, actual: 20, seenAt: "2026-01-05T10:00:00Z" }] })
      .where(eq(resources.address, "aws_ebs_volume.disk"));
  await enqueueJob(portal.system, { kind: "check_health", payload: { environmentId } });
  await workOff(portal.system);
  const [{ driftState, driftCheckedAt } = { driftState: null, driftCheckedAt: null }] = await database.db
    .select()
    .from(environments)
    .where(ours);
  return { driftState, driftCheckedAt };
}

const checked = new Date("2026-01-05T10:00:00Z");

test.each([
  ["drift that a whole look found stays", { driftState: "drifted" as const, driftCheckedAt: checked }],
  ["a whole look that found none stays the last one", { driftState: "clean" as const, driftCheckedAt: checked }],
  ["what nobody has looked at is not called clean", { driftState: "unknown" as const, driftCheckedAt: null }],
])("after a look at the process alone, %s", { timeout: 60_000 }, async (_, known) => {
  expect(await afterLookAtProcess(known)).toEqual(known);
});

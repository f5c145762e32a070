import { expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { grainOf } from "#server/grain/testing/scripted-step.ts";
import { listGone, listKnown, openJournal } from "./resource-journal.ts";
import { loadRunSubject } from "./run-subject.ts";
import { blueprintOf, queueRehearsal, rehearsalContext, rehearse } from "./testing/rehearsal.ts";

const database = openTestDatabase();

async function journalOfGrain() {
  const ctx = rehearsalContext(database.db);
  const rehearsed = await rehearse(ctx, { blueprint: blueprintOf([grainOf("terraform", {}, "node")]) });
  const { job } = await queueRehearsal(ctx, rehearsed, "launch");
  const { environmentId } = rehearsed;
  const signal = new AbortController().signal;
  const request = { environmentId, runId: "", lease: job.lease, signal, finish: async () => {} };
  const log = { write: () => {}, hide: () => {}, redact: (text: string) => text, flush: async () => {} };
  const work = { ctx, subject: await loadRunSubject(ctx, environmentId), request, log, signal };
  const ids = async (list: typeof listKnown) => (await list(work, "node")).map(({ cloudId }) => cloudId);
  return { journal: openJournal(work, "node"), ids };
}
const machine = { address: "aws_instance.node", type: "aws_instance", name: "node" };

test("what was replaced is known to be gone, whatever is made in its place", async () => {
  const { journal, ids } = await journalOfGrain();
  await journal.intend(machine);
  await journal.confirm(machine.address, { cloudId: "i-1" });
  for (const cloudId of ["i-2", "i-3"]) {
    await journal.intend(machine);
    await journal.destroying(machine.address);
    await journal.destroyed(machine.address);
    await journal.confirm(machine.address, { cloudId });
  }
  expect(await ids(listKnown)).toEqual(["i-3"]);
  expect((await ids(listGone)).sort()).toEqual(["i-1", "i-2"]);
});

test("what is changed in place stays the one resource that it is", async () => {
  const { journal, ids } = await journalOfGrain();
  for (const _ of [1, 2]) {
    await journal.intend(machine);
    await journal.confirm(machine.address, { cloudId: "i-1" });
  }
  expect(await ids(listKnown)).toEqual(["i-1"]);
  expect(await ids(listGone)).toEqual([]);
});

import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people } from "#db/schema/person.ts";
import { spaces } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { actingAs } from "#server/context.ts";
import { countFacets } from "./count-facets.ts";
import { csvRow } from "./export-csv.ts";
import { exportEvents } from "./export-events.ts";
import { findEvent } from "./find-event.ts";
import { listEvents } from "./list-events.ts";
import { signCheckpoint } from "./sign-checkpoint.ts";
import { castFor, exportText, makeDataDir, moved, payments, platform, record } from "./testing/trail.ts";

const database = openTestDatabase();
const cast = castFor(database);
const dataDir = makeDataDir();
afterAll(() => fs.rmSync(dataDir, { recursive: true }));

const mayaId = "33333333-3333-4333-8333-333333333333";
const personId = (ctx: ReturnType<typeof cast.maya>, id: string) =>
  actingAs(ctx, { ...ctx.actor, id } as typeof ctx.actor);

beforeAll(async () => {
  const createdAt = cast.time.now;
  await database.db.insert(spaces).values([
    { id: payments, slug: "payments", name: "Payments", createdAt },
    { id: platform, slug: "platform", name: "Platform", createdAt },
  ]);
  await database.db.insert(people).values({ id: mayaId, name: "Maya Fischer", email: "maya@x.example", createdAt });
  const maya = personId(cast.maya(), mayaId);
  await record(maya, moved("checkout-db", "active"), moved("warehouse", "active", platform));
  cast.pass(86_400_000);
  await record(
    { ...maya, via: "mcp" },
    {
      action: "environment.denied",
      spaceId: payments,
      object: { type: "environment", id: "e-9", name: "report-bucket" },
      outcome: "denied",
      data: { reason: "A public bucket is not allowed in eu-central-1" },
    },
  );
  await record(cast.worker(), moved("checkout-db", "ended"));
  await record(cast.alex(), {
    action: "space.changed",
    spaceId: payments,
    object: { type: "space", id: payments, name: "Payments" },
    data: { changes: { monthlyBudget: { before: "4000", after: "5000" } } },
  });
  await record(cast.alex(), {
    action: "person.disabled",
    spaceId: null,
    object: { type: "person", id: "p", name: '=HYPERLINK("http://x")' },
    data: { reason: 'left, on "good" terms' },
  });
});

const found = async (search: string, ctx = cast.alex()) => {
  const page = await listEvents(ctx, { search });
  expect(page.problems).toEqual([]);
  return page.events.map((event) => `${event.action} ${event.object.name}`);
};

describe("the search line", () => {
  test.each([
    ["actor:maya", 3],
    ["actor:fischer", 3],
    ["actor:maya@x", 3],
    ["actor:worker", 1],
    ["actor:nobody", 0],
    ["-actor:maya", 3],
    ["via:mcp", 1],
    ["action:environment.*", 4],
    ["action:environment.* -action:environment.moved", 1],
    ["action:environment.denied action:space.changed", 2],
    ["target:checkout", 2],
    ["target:CHECKOUT-DB", 2],
    ["target:e-9", 1],
    ["type:space", 1],
    ["space:payments", 4],
    ["space:account", 1],
    ["-space:account", 5],
    ["outcome:denied", 1],
    ["since:2026-10-02", 4],
    ["until:2026-10-01", 2],
    ["since:2026-10-01 until:2026-10-01T12:30", 2],
    ["ip:10.*", 5],
    ["-ip:10.*", 1],
    ["seq:2", 1],
    ['"public bucket"', 1],
    ['"bucket public"', 0],
    ["bucket", 1],
    ["buck", 1],
    ["PUBLIC allowed", 1],
    ["eu-central-1", 1],
    ["-bucket", 5],
    ["4000", 1],
    ["actor:maya via:mcp action:environment.denied outcome:denied space:payments bucket", 1],
    ["' or 1=1 -- actor:maya", null],
  ])("%s finds %s events", async (search, count) => {
    if (count === null) expect((await listEvents(cast.alex(), { search })).problems).not.toEqual([]);
    else expect(await found(search)).toHaveLength(count);
  });

  test("with a part that means nothing, nothing is searched", async () => {
    expect(await listEvents(cast.alex(), { search: "space:nowhere bucket" })).toMatchObject({
      events: [],
      problems: [{ from: 0, to: 13, remedy: expect.stringContaining("payments") }],
    });
  });
});

describe("who sees what", () => {
  test("an auditor sees his spaces, an account admin everything, a member nothing", async () => {
    expect((await listEvents(cast.audrey(), {})).events).toHaveLength(4);
    expect((await listEvents(cast.alex(), {})).events).toHaveLength(6);
    await expect(listEvents(cast.maya(), {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(listEvents(cast.audrey(), { spaceId: platform })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("the name of a space one cannot see is unknown", async () => {
    expect((await listEvents(cast.audrey(), { search: "space:platform" })).problems).toHaveLength(1);
  });

  test("an event of another space does not exist", async () => {
    await expect(findEvent(cast.audrey(), { seq: 2 })).rejects.toMatchObject({ code: "not_found" });
    await expect(findEvent(cast.audrey(), { seq: 99 })).rejects.toMatchObject({ code: "not_found" });
    expect(await findEvent(cast.audrey(), { seq: 1 })).toMatchObject({ seq: 1 });
  });

  test("facets count only what may be seen", async () => {
    const { facets, counted, isComplete } = await countFacets(cast.audrey(), {});
    expect({ counted, isComplete }).toEqual({ counted: 4, isComplete: true });
    expect(facets.space).toEqual([{ value: "payments", label: "Payments", count: 4 }]);
    expect(facets.action[0]).toEqual({ value: "environment.moved", label: "environment.moved", count: 2 });
    const all = await countFacets(cast.alex(), { search: "action:environment.*" });
    expect(all.facets.outcome).toEqual([
      { value: "success", label: "success", count: 3 },
      { value: "denied", label: "denied", count: 1 },
    ]);
    expect(all.facets.actor).toContainEqual({ value: mayaId, label: "maya", count: 3 });
  });
});

test("pages follow one another without gap or repetition, also while events arrive", async () => {
  const first = await listEvents(cast.alex(), { limit: 4 });
  await record(cast.worker(), moved("newcomer", "active"));
  const second = await listEvents(cast.alex(), { limit: 4, ...(first.next ? { before: first.next } : {}) });
  expect([...first.events, ...second.events].map((event) => event.seq)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(second.next).toBeNull();
  const { events } = await listEvents(cast.alex(), { after: first.events[0]?.seq ?? 0 });
  expect(events.map((event) => event.object.name)).toEqual(["newcomer"]);
});

test("the detail shows before and after, hash, and the signed head that covers it", async () => {
  const unsigned = await findEvent(cast.alex(), { seq: 5 });
  expect(unsigned).toMatchObject({
    changes: [{ field: "monthlyBudget", before: "4000", after: "5000" }],
    isIntact: true,
    checkpoint: null,
  });
  await signCheckpoint(cast.worker(), dataDir);
  expect(await findEvent(cast.alex(), { seq: 5 })).toMatchObject({ checkpoint: { keyId: expect.any(String) } });
});

describe("an export", () => {
  test("is itself an event, with what was asked for", async () => {
    await exportText(cast.audrey(), dataDir, "outcome:denied");
    const [event] = (await listEvents(cast.audrey(), { search: "action:audit.exported" })).events;
    expect(event).toMatchObject({ actor: { name: "audrey" }, spaceId: payments });
  });

  test("needs the right to it, and a line that is understood", async () => {
    await expect(exportText(cast.maya(), dataDir)).rejects.toMatchObject({ code: "forbidden" });
    await expect(exportText(cast.alex(), dataDir, "x foo:bar")).rejects.toMatchObject({
      code: "bad_input",
      place: { path: "search", column: 3 },
    });
  });

  test("as CSV quotes what needs it and leaves no formula", async () => {
    const text = await exportText(cast.alex(), dataDir, "action:person.disabled", "csv");
    const [head, row, ...rest] = text.split("\r\n");
    expect(head).toMatch(/^seq,time_utc,/);
    expect(row).toContain(`,"'=HYPERLINK(""http://x"")",`);
    expect(row).toContain(`"{""reason"":""left, on \\""good\\"" terms""}"`);
    expect(rest).toEqual([""]);
    expect(csvRow(["+1", "-1", "@x", "\tx", "a\r\nb", "plain"])).toBe(`'+1,'-1,'@x,'\tx,"a\r\nb",plain\r\n`);
  });

  test("of nothing is empty, and says so by its name", async () => {
    const { fileName } = await exportEvents(cast.alex(), { search: "seq:999999", format: "csv" }, dataDir);
    expect(fileName).toMatch(/^gantry-audit-2026-10-02-\d+-\d+\.csv$/);
  });
});

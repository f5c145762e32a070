import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { type Role, roles } from "#server/actor.ts";
import { visitor } from "#server/auth/sign-in.ts";
import { createContext } from "#server/context.ts";
import { createDraft } from "#server/decision/draft.ts";
import { launchEnvironment } from "#server/environment/launch-environment.ts";
import { openPortal, type Portal } from "#server/environment/testing/portal.ts";
import { appRouter } from "./router.ts";
import { createCallerFactory } from "./trpc.ts";

/** What the table's inputs are made of: one of everything, in the space under test. */
type World = {
  portal: Portal;
  slug: string;
  environmentId: string;
  decisionId: string;
  number: number;
  approvalId: string;
  planHash: string;
  draftId: string;
  revisionId: string;
};

const everybody = roles;
const builders: readonly Role[] = ["member", "designer", "policy_admin", "admin"];
const nobody: readonly Role[] = [];
const anySignedIn = "any signed-in person";
const strangersToo = "anybody";

type Row = {
  may: readonly Role[] | typeof anySignedIn | typeof strangersToo;
  input(world: World): unknown;
  /** Not of one space: whoever holds the role anywhere may. */
  anywhere?: true;
};
const inSpace = (may: Row["may"], more: (world: World) => object = () => ({})): Row => ({
  may,
  input: (world) => ({ space: world.slug, ...more(world) }),
});
const period = () => ({ from: new Date("2026-02-01"), to: new Date("2026-03-01") });
const environment = (world: World) => ({ environmentId: world.environmentId });
const id = randomUUID();

/** Every procedure, who may call it in a space where he holds one role, and a call that passes its schema. */
const table: Record<string, Row> = {
  "me.find": { may: anySignedIn, input: () => undefined },
  "me.changePassword": { may: anySignedIn, input: () => ({ current: "x", next: "a long enough pass phrase" }) },
  "me.keepTimeZone": { may: anySignedIn, input: () => ({ timeZone: "Europe/Berlin" }) },
  "me.signInOptions": { may: strangersToo, input: () => undefined },
  "me.findSetup": { may: strangersToo, input: () => ({ token: "none" }) },
  "me.completeSetup": {
    may: strangersToo,
    input: () => ({
      token: "none",
      email: "a@b.example",
      name: "A",
      password: "a long enough pass phrase",
      spaceName: "S",
    }),
  },
  "space.list": { may: anySignedIn, input: () => undefined },
  "space.find": inSpace(everybody),
  "space.create": { may: nobody, input: () => ({ slug: "fresh", name: "Fresh" }) },
  "space.update": inSpace(["admin"], () => ({ description: "x" })),
  "space.members": inSpace(everybody),
  "space.setMemberRoles": {
    may: ["admin"],
    input: ({ portal }) => ({ spaceId: portal.spaceId, person: portal.idOf("owner"), roles: ["member"] }),
  },
  "space.createPerson": { may: nobody, input: () => ({ email: "new@trial.example", name: "New" }) },
  "catalog.list": inSpace(everybody),
  "catalog.offered": inSpace(everybody),
  "catalog.find": inSpace(everybody, ({ portal }) => ({ blueprint: portal.idOf("blueprint") })),
  "catalog.star": inSpace(everybody, ({ portal }) => ({ blueprint: portal.idOf("blueprint"), starred: true })),
  "blueprint.revisions": inSpace(everybody),
  "blueprint.revision": { may: everybody, anywhere: true, input: ({ revisionId }) => ({ revisionId }) },
  "blueprint.diff": {
    may: everybody,
    anywhere: true,
    input: ({ revisionId }) => ({ fromRevisionId: revisionId, toRevisionId: revisionId }),
  },
  "blueprint.save": inSpace(["designer", "admin"], () => ({
    blueprintName: "mine",
    files: { "blueprint.yaml": "spec_version: 2" },
  })),
  "blueprint.review": {
    may: ["designer", "admin"],
    input: ({ portal, revisionId }) => ({ spaceId: portal.spaceId, revisionId, verdict: "reviewed", note: "fine" }),
  },
  "blueprint.publish": {
    may: ["designer", "admin"],
    input: ({ portal, revisionId }) => ({ spaceId: portal.spaceId, revisionId }),
  },
  "blueprint.unpublish": {
    may: ["designer", "admin"],
    input: ({ portal }) => ({ spaceId: portal.spaceId, blueprintName: "none" }),
  },
  "draft.list": inSpace(builders),
  "draft.find": { may: builders, input: ({ draftId }) => ({ id: draftId }) },
  "draft.create": inSpace(builders, () => ({ changes: {} })),
  "draft.edit": { may: nobody, input: ({ draftId }) => ({ id: draftId, version: 1, changes: {} }) },
  "draft.confirmAssumption": { may: nobody, input: ({ draftId }) => ({ id: draftId, field: "name" }) },
  "draft.discard": { may: nobody, input: ({ draftId }) => ({ id: draftId }) },
  "draft.preview": { may: builders, input: ({ draftId }) => ({ id: draftId }) },
  "draft.launch": { may: nobody, input: ({ draftId }) => ({ id: draftId, version: 1, idempotencyKey: randomUUID() }) },
  "assistant.status": inSpace(everybody),
  "assistant.propose": { may: nobody, input: ({ draftId }) => ({ draftId, prompt: "a trial" }) },
  "assistant.accept": { may: nobody, input: ({ draftId }) => ({ draftId, version: 1, fields: ["name"] }) },
  "environment.list": inSpace(everybody),
  "environment.find": inSpace(everybody, ({ number }) => ({ number })),
  "environment.byText": inSpace(everybody, () => ({ text: "trial" })),
  "environment.resources": { may: everybody, input: environment },
  "environment.cost": { may: everybody, input: environment },
  "environment.runs": { may: everybody, input: environment },
  "environment.log": { may: everybody, input: (world) => ({ ...environment(world), runId: id }) },
  "environment.timeline": { may: everybody, input: environment },
  "environment.decisions": { may: everybody, input: environment },
  "environment.readSecret": { may: ["admin"], input: (world) => ({ ...environment(world), output: "none" }) },
  "environment.launch": inSpace(builders, ({ portal }) => {
    const { spaceId: _space, ...fields } = portal.launchOf({ name: " " });
    return fields;
  }),
  "environment.previewExtension": {
    may: ["admin"],
    input: (world) => ({ ...environment(world), endsAt: new Date("2026-03-05") }),
  },
  "environment.extend": {
    may: ["admin"],
    input: (world) => ({ ...environment(world), endsAt: new Date("2026-03-05"), idempotencyKey: randomUUID() }),
  },
  "environment.terminate": { may: ["admin"], input: environment },
  "environment.retry": { may: ["admin"], input: environment },
  "environment.withdraw": { may: ["admin"], input: (world) => ({ ...environment(world), action: "extend" }) },
  "environment.checkDrift": { may: ["admin"], input: environment },
  "environment.restoreDrift": { may: ["admin"], input: environment },
  "environment.acceptDrift": {
    may: ["admin"],
    input: (world) => ({ ...environment(world), checkedAt: new Date(0), reason: "it is meant so" }),
  },
  "environment.forget": {
    may: ["admin"],
    input: (world) => ({ ...environment(world), reason: "nothing is there any more" }),
  },
  "approval.list": inSpace(everybody),
  "approval.count": inSpace(everybody),
  "approval.find": { may: everybody, input: ({ approvalId }) => ({ id: approvalId }) },
  "approval.vote": {
    may: ["approver", "admin"],
    input: ({ approvalId }) => ({ requestId: approvalId, vote: "approve", planHash: "0".repeat(64) }),
  },
  "policy.list": inSpace(everybody),
  "policy.rules": inSpace(everybody),
  "policy.find": inSpace(everybody, () => ({ policyName: "maximum-duration" })),
  "policy.decisions": inSpace(everybody, () => ({ policyName: "maximum-duration" })),
  "policy.change": {
    may: ["policy_admin"],
    input: ({ portal }) => ({
      spaceId: portal.spaceId,
      policyName: "maximum-duration",
      reason: "a trial",
      version: 99,
    }),
  },
  "policy.runTests": {
    may: everybody,
    input: ({ portal }) => ({ spaceId: portal.spaceId, policyName: "maximum-duration" }),
  },
  "policy.reevaluate": { may: everybody, input: ({ decisionId }) => ({ decisionId }) },
  "policy.judgedDocument": {
    may: everybody,
    input: ({ decisionId }) => ({ decisionId, policyName: "maximum-duration" }),
  },
  "policy.tryDraft": {
    may: ["policy_admin"],
    input: ({ portal }) => ({ spaceId: portal.spaceId, source: "package torque.environment" }),
  },
  "policy.tryOn": {
    may: everybody,
    input: ({ portal }) => ({ spaceId: portal.spaceId, policyName: "maximum-duration", input: {} }),
  },
  "audit.list": { may: ["auditor", "admin"], input: ({ portal }) => ({ spaceId: portal.spaceId }) },
  "audit.facets": { may: ["auditor", "admin"], input: ({ portal }) => ({ spaceId: portal.spaceId }) },
  "audit.find": { may: ["auditor", "admin"], input: () => ({ seq: 1 }) },
  "audit.chain": { may: ["auditor", "admin"], anywhere: true, input: () => undefined },
  "report.month": inSpace(everybody),
  "report.spaces": { may: anySignedIn, input: () => undefined },
  "report.launches": inSpace(everybody, period),
  "report.timeToReady": inSpace(everybody, period),
  "report.cost": inSpace(everybody, period),
  "secret.list": inSpace(everybody),
  "secret.save": inSpace(["admin"], () => ({ name: "mail", kind: "parameter", value: { SMTP_PASSWORD: "x" } })),
  "secret.delete": inSpace(["admin"], () => ({ name: "mail" })),
  "connection.list": inSpace(everybody),
  "connection.save": inSpace(["admin"], () => ({
    name: "sandbox",
    fields: { kind: "aws", accessKeyId: "AKIATRIALTRIALTRIAL0", secretAccessKey: "x" },
  })),
  "connection.remove": inSpace(["admin"], () => ({ name: "none" })),
  "connection.serveLaunches": inSpace(["admin"], () => ({ name: "none", serves: true })),
  "settings.demo": { may: anySignedIn, input: () => undefined },
  "settings.programs": { may: anySignedIn, input: () => undefined },
  "settings.switchOffDemo": { may: nobody, input: () => undefined },
};

/** Streams never end by themselves; `inSpace` guards them as it guards the rest. */
const subscriptions = ["live.onChange"];

const database = openTestDatabase();
const createCaller = createCallerFactory(appRouter);
let world: World;
let elsewhere: Portal;

beforeAll(async () => {
  const people = Object.fromEntries(roles.map((role) => [role, [role]] as const));
  const portal = await openPortal(database.db, { ...people, owner: ["member"] });
  elsewhere = await openPortal(database.db, { stranger: [...roles] });
  const owner = await portal.as("owner");
  const launched = await launchEnvironment(owner, portal.launchOf({ durationMinutes: 1000 }));
  const draft = await createDraft(owner, {
    spaceId: portal.spaceId,
    changes: { blueprintName: portal.idOf("blueprint") },
  });
  world = {
    portal,
    slug: portal.slug,
    environmentId: launched.environmentId,
    decisionId: launched.decisionId,
    number: Number(launched.ref.slice("env-".length)),
    approvalId: launched.approvalRequestId ?? id,
    planHash: "",
    draftId: draft.id,
    revisionId: draft.revisionId ?? id,
  };
});

/** The code a call ends with, or `ok`. */
async function callAs(portal: Portal, name: string | null, path: string): Promise<string> {
  const ctx = name === null ? null : await portal.as(name);
  const open = createContext({ db: database.db, actor: visitor, via: "ui" });
  const caller = createCaller({ ctx, requestId: "test", open });
  const [noun = "", verb = ""] = path.split(".");
  const procedures = caller[noun as keyof typeof caller] as unknown as Record<
    string,
    (input: unknown) => Promise<unknown>
  >;
  try {
    await procedures[verb]?.(table[path]?.input(world));
    return "ok";
  } catch (error) {
    return error instanceof TRPCError ? error.code : String(error);
  }
}

const refusals = ["FORBIDDEN", "NOT_FOUND", "UNAUTHORIZED"];

test("every procedure has a row, and every row a procedure", () => {
  expect(Object.keys(appRouter._def.procedures).sort()).toEqual([...Object.keys(table), ...subscriptions].sort());
});

describe.each(Object.entries(table))("%s", (path, { may, anywhere }) => {
  test("strangers without a session", async () => {
    const code = await callAs(world.portal, null, path);
    if (may === strangersToo) expect(code).not.toBe("UNAUTHORIZED");
    else expect(code).toBe("UNAUTHORIZED");
  });

  if (typeof may === "string") return;

  test.each(roles)("%s of the space", async (role) => {
    const code = await callAs(world.portal, role, path);
    expect(code).not.toBe("INTERNAL_SERVER_ERROR");
    if (may.includes(role)) expect(["UNAUTHORIZED", "FORBIDDEN"]).not.toContain(code);
    else expect(refusals).toContain(code);
  });

  test("somebody with every role, but in another space", async () => {
    const code = await callAs(elsewhere, "stranger", path);
    if (anywhere) expect(["UNAUTHORIZED", "FORBIDDEN"]).not.toContain(code);
    else expect(refusals).toContain(code);
  });
});

import { ask, procedurePath, type Session } from "./session.ts";

/** One thing that is measured: what it is, who asks, and the address. */
export type Measured = { name: string; session: Session; path: string };

type Procedure = [name: string, procedure: string, input: object, dates?: readonly string[]];
type Page = { items: { id: string; number: number; ownerId: string }[]; nextCursor: string | null };
type Sessions = { maya: Session; ari: Session; alex: Session };

const space = "payments";
const listPages = 20;

/** The page mark behind so many pages of a list of environments. */
async function deepCursor(session: Session, sort: string): Promise<string> {
  let cursor: string | null = null;
  for (let n = 0; n < listPages; n++) {
    const page: Page = await ask(session, "environment.list", {
      space,
      sort,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  if (!cursor) throw new Error("The list of environments has too few pages.");
  return cursor;
}

async function environmentLists({ alex }: Sessions): Promise<Procedure[]> {
  const list = (name: string, input: object): Procedure => [
    `environments, ${name}`,
    "environment.list",
    { space, ...input },
  ];
  const first = await ask<Page>(alex, "environment.list", { space });
  const owner = first.items[0]?.ownerId;
  const current = [
    "awaiting_approval",
    "queued",
    "launching",
    "active",
    "updating",
    "ending",
    "leftovers",
    "launch_failed",
  ];
  return [
    list("newest first", {}),
    list("oldest first", { sort: "created" }),
    list("ends soonest", { sort: "ends" }),
    list("dearest", { sort: "-cost" }),
    list("current, ends soonest", { state: current, sort: "ends" }),
    list("ended, dearest", { state: ["ended"], sort: "-cost" }),
    list("waiting", { state: ["awaiting_approval"] }),
    list("of one owner", { owner }),
    list("of one blueprint", { blueprint: "aws-web-service" }),
    list("drifted", { drifted: true }),
    list("by a word", { text: "web" }),
    list("by a word nobody used", { text: "zzzz" }),
    list("200 rows", { limit: 200 }),
    list("page 21 of 200", { limit: 200, cursor: await deepCursor(alex, "-created") }),
    list("page 21 of 200, dearest", { limit: 200, sort: "-cost", cursor: await deepCursor(alex, "-cost") }),
    ["environments, palette", "environment.byText", { space, text: "web" }],
  ];
}

async function auditLists(sessions: Sessions): Promise<Procedure[]> {
  const spaces = await ask<{ spaces: { id: string; slug: string }[] }>(sessions.alex, "me.find", {});
  const spaceId = spaces.spaces.find(({ slug }) => slug === space)?.id;
  const searches = {
    "no search": "",
    "unselective: outcome:success": "outcome:success",
    "action:environment.*": "action:environment.*",
    "selective: a rare action": "action:policy.data_changed",
    "rare and old": "action:policy.data_changed until:300d",
    "free text, frequent": "region",
    "free text, rare": '"public bucket"',
    "free text, none": "nobodyeverwrotethis",
    "of one person, denied": "actor:maya outcome:denied",
    "one environment": "target:env-77",
    "a week, by address": "since:7d ip:10.1.*",
    "without the worker": "-via:worker -via:schedule",
    "one event": "seq:1000",
  };
  const lists = Object.entries(searches).flatMap(([name, search]): Procedure[] => [
    [`audit, ${name}`, "audit.list", { search, spaceId }],
    [`audit facets, ${name}`, "audit.facets", { search, spaceId }],
  ]);
  return [
    ...lists,
    ["audit, whole account", "audit.list", { search: "" }],
    ["audit facets, whole account", "audit.facets", { search: "" }],
    ["audit, after 900,000 events", "audit.list", { search: "", spaceId, before: 100_000 }],
    ["audit, a search after 900,000", "audit.list", { search: "outcome:denied", spaceId, before: 100_000 }],
    ["audit, chain strip", "audit.chain", {}],
  ];
}

async function environmentTabs({ alex }: Sessions): Promise<Procedure[]> {
  // The newest one that ran is the one that much happened to.
  const { items } = await ask<Page>(alex, "environment.list", { space, state: ["active"], limit: 1 });
  const newest = items[0];
  if (!newest) throw new Error("There is no environment.");
  const environmentId = newest.id;
  const runs = await ask<{ id: string }[]>(alex, "environment.runs", { environmentId });
  const log: Procedure[] = runs
    .slice(0, 1)
    .map(({ id }) => ["environment, log", "environment.log", { environmentId, runId: id }]);
  return [
    ["environment", "environment.find", { space, number: newest.number }],
    ["environment, timeline", "environment.timeline", { environmentId }],
    ["environment, runs", "environment.runs", { environmentId }],
    ...log,
    ["environment, resources", "environment.resources", { environmentId }],
    ["environment, cost", "environment.cost", { environmentId }],
    ["environment, decisions", "environment.decisions", { environmentId }],
  ];
}

function reports(): Procedure[] {
  const to = new Date();
  const since = (days: number) => ({ space, from: new Date(to.getTime() - days * 86_400_000), to });
  const dates = ["from", "to"];
  return [
    ["report, month", "report.month", { space }],
    ...[30, 90, 365].flatMap((days): Procedure[] => [
      [`report, launches, ${days} days`, "report.launches", since(days), dates],
      [`report, time to ready, ${days} days`, "report.timeToReady", since(days), dates],
      [`report, cost, ${days} days`, "report.cost", since(days), dates],
    ]),
  ];
}

const approvals: Procedure[] = [
  ["approvals, for me", "approval.list", { space, tab: "for_me" }],
  ["approvals, mine", "approval.list", { space, tab: "mine" }],
  ["approvals, all open", "approval.list", { space, tab: "all", state: ["open"] }],
  ["approvals, all", "approval.list", { space, tab: "all", limit: 100 }],
  ["approvals, count in the rail", "approval.count", { space }],
];

const others: Procedure[] = [
  ["catalog", "catalog.list", { space }],
  ["catalog, search", "catalog.list", { space, query: "postgres databse" }],
  ["catalog, facet", "catalog.list", { space, cloud: ["aws"] }],
  ["blueprint", "catalog.find", { space, blueprint: "web-preview" }],
  ["blueprints", "blueprint.revisions", { space, limit: 200 }],
  ["blueprints, waiting", "blueprint.revisions", { space, state: "in_review" }],
  ["drafts", "draft.list", { space }],
  ["policies", "policy.list", { space }],
  ["policy, decisions", "policy.decisions", { space, policyName: "allowed-regions" }],
  ["members", "space.members", { space }],
  ["me", "me.find", {}],
];

const home: Procedure[] = [
  ["home, my environments", "environment.list", { space, owner: "me", sort: "ends", limit: 10 }],
  ["home, what I asked", "approval.list", { space, tab: "mine", state: ["open"], limit: 5 }],
];

const pages = [
  "",
  "/catalog",
  "/environments",
  "/environments?state=current&sort=ends&q=web",
  "/approvals",
  "/approvals?tab=all&settled=yes",
  "/policies",
  "/policies/allowed-regions",
  "/blueprints",
  "/audit",
  "/audit?q=outcome%3Adenied",
  "/reports",
  "/reports?tab=cost&period=90d",
  "/settings",
  "/launch",
];

/** Everything that lists something: procedures as the browser asks them, and pages as HTML. */
export async function everyList(sessions: Sessions): Promise<Measured[]> {
  const { maya, ari, alex } = sessions;
  const by =
    (session: Session) =>
    ([name, procedure, input, dates]: Procedure): Measured => ({
      name,
      session,
      path: procedurePath(procedure, input, dates),
    });
  const ofAdmin = [
    ...(await environmentLists(sessions)),
    ...(await environmentTabs(sessions)),
    ...(await auditLists(sessions)),
    ...reports(),
    ...others,
  ];
  return [
    ...ofAdmin.map(by(alex)),
    ...approvals.map(by(ari)),
    ...home.map(by(maya)),
    ...pages.map((path) => ({ name: `page /s/${space}${path}`, session: alex, path: `/s/${space}${path}` })),
  ];
}

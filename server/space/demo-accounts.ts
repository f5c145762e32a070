import type { Role } from "#server/actor.ts";

export const demoSpaces = [
  {
    slug: "payments",
    name: "Payments",
    description: "Checkout, ledger and settlement.",
    timeZone: "Europe/Berlin",
    monthlyBudget: "4000",
    tags: { "cost-center": "cc-1040", team: "payments" },
  },
  {
    slug: "data-platform",
    name: "Data Platform",
    description: "Warehouse, pipelines and notebooks.",
    timeZone: "America/New_York",
    monthlyBudget: "9000",
    tags: { "cost-center": "cc-2210", team: "data-platform" },
  },
] as const;

export type DemoSpaceSlug = (typeof demoSpaces)[number]["slug"];

export type DemoAccount = {
  key: string;
  name: string;
  /** What the sign-in page says of the account. */
  title: string;
  email: string;
  timeZone: string;
  accountAdmin?: true;
  roles: Partial<Record<DemoSpaceSlug, readonly Role[]>>;
};

/** One account for each role; some people work in both spaces, and differently. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    key: "maya",
    name: "Maya Fischer",
    title: "Member: launches environments",
    email: "maya@demo.gantry.example",
    timeZone: "Europe/Berlin",
    roles: { payments: ["member"], "data-platform": ["member"] },
  },
  {
    key: "ari",
    name: "Ari Cohen",
    title: "Approver: decides what waits for people",
    email: "ari@demo.gantry.example",
    timeZone: "Asia/Jerusalem",
    roles: { payments: ["approver"], "data-platform": ["member", "approver"] },
  },
  {
    key: "dana",
    name: "Dana Okafor",
    title: "Designer: writes and reviews blueprints",
    email: "dana@demo.gantry.example",
    timeZone: "Africa/Lagos",
    roles: { payments: ["designer"], "data-platform": ["member"] },
  },
  {
    key: "priya",
    name: "Priya Raman",
    title: "Policy admin: sets the limits",
    email: "priya@demo.gantry.example",
    timeZone: "Asia/Kolkata",
    roles: { payments: ["policy_admin"], "data-platform": ["policy_admin"] },
  },
  {
    key: "audrey",
    name: "Audrey Lambert",
    title: "Auditor: browses, verifies, exports",
    email: "audrey@demo.gantry.example",
    timeZone: "Europe/Paris",
    roles: { payments: ["auditor"], "data-platform": ["auditor"] },
  },
  {
    key: "sam",
    name: "Sam Whitfield",
    title: "Space admin: members, budget, settings",
    email: "sam@demo.gantry.example",
    timeZone: "America/New_York",
    roles: { payments: ["admin"], "data-platform": ["member", "approver"] },
  },
  {
    key: "alex",
    name: "Alex Novak",
    title: "Account admin: everything",
    email: "alex@demo.gantry.example",
    timeZone: "UTC",
    accountAdmin: true,
    roles: { payments: ["admin"], "data-platform": ["admin"] },
  },
];

/** A program of Maya's. */
export const demoAutomation = {
  key: "deploy-bot",
  name: "deploy-bot",
  email: "deploy-bot@demo.gantry.example",
  onBehalfOf: "maya",
  roles: { payments: ["member"] },
} as const;

import type { Role } from "#server/actor.ts";

/** Roles as people read them. */
export const roleWords = {
  member: "Member",
  approver: "Approver",
  designer: "Designer",
  policy_admin: "Policy admin",
  auditor: "Auditor",
  admin: "Admin",
} as const satisfies Record<Role, string>;

/** What each role is for, for those who give and take them. */
export const rolePurpose = {
  member: "launches, extends and ends own environments",
  approver: "decides what waits for approval",
  designer: "writes, reviews and publishes blueprints",
  policy_admin: "switches policies and sets their limits",
  auditor: "reads and exports the audit trail",
  admin: "all of it except policies, and the members",
} as const satisfies Record<Role, string>;

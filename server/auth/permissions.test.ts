import { describe, expect, test } from "vitest";
import { type Actor, type Automation, type Person, type Role, roles, systemActor } from "#server/actor.ts";
import { can, ownPermissions, type Permission, permissions, requirePermission } from "./permissions.ts";

const space = "11111111-1111-4111-8111-111111111111";
const otherSpace = "22222222-2222-4222-8222-222222222222";

function person(held: Role[], more: Partial<Person> = {}): Person {
  const identity = { kind: "person", id: "p1", name: "P", email: "p@x.example" } as const;
  return { ...identity, groups: [], accountAdmin: false, roles: { [space]: held }, ...more };
}

function automation(held: Role[]): Automation {
  const onBehalfOf = { id: "p1", name: "P", email: "p@x.example" };
  const identity = { kind: "automation", id: "a1", name: "bot", email: "bot@x.example" } as const;
  return { ...identity, groups: [], accountAdmin: false, onBehalfOf, roles: { [space]: held } };
}

const all = Object.keys(permissions) as Permission[];

describe.each(roles)("the role %s", (role) => {
  test.each(all)("holds %s in its own space exactly as the matrix says, and nowhere else", (permission) => {
    const inMatrix = (permissions[permission] as readonly Role[]).includes(role);
    expect(can(person([role]), permission, space)).toBe(inMatrix);
    expect(can(person([role]), permission, otherSpace, "p1")).toBe(false);
    expect(can(person([role]), permission, null, "p1")).toBe(false);
  });
});

test("a member may end and extend own environments only, and only when the owner is named", () => {
  for (const permission of ["environment.extend", "environment.terminate", "environment.read_secret"] as const) {
    expect(can(person(["member"]), permission, space, "p1")).toBe(true);
    expect(can(person(["member"]), permission, space, "p2")).toBe(false);
    expect(can(person(["member"]), permission, space)).toBe(false);
    expect(can(person(["admin"]), permission, space, "p2")).toBe(true);
  }
});

test("an owner who lost his roles in the space owns nothing there", () => {
  for (const permission of Object.keys(ownPermissions) as Permission[])
    expect(can(person([]), permission, space, "p1")).toBe(false);
});

test("an account admin holds everything, in every space", () => {
  const admin = person([], { accountAdmin: true });
  for (const permission of all)
    for (const where of [space, otherSpace, null]) expect(can(admin, permission, where)).toBe(true);
});

test("an automation never votes, rules, reviews or hands out rights, whatever its roles", () => {
  const bot = automation([...roles]);
  const barred = all.filter((permission) => !can(bot, permission, space, "p1"));
  expect(barred).toEqual([
    "space.edit",
    "member.edit",
    "environment.accept_drift",
    "environment.forget",
    "environment.read_secret",
    "approval.vote",
    "policy.edit",
    "blueprint.review",
    "blueprint.publish",
    "secret.edit",
    "account.admin",
  ]);
});

test("an automation may end what belongs to the person it acts for", () => {
  expect(can(automation(["member"]), "environment.terminate", space, "p1")).toBe(true);
  expect(can(automation(["member"]), "environment.terminate", space, "p2")).toBe(false);
});

test("Gantry itself runs and ends environments, and judges nothing", () => {
  const worker = systemActor("worker");
  expect(can(worker, "environment.terminate", space)).toBe(true);
  for (const permission of ["approval.vote", "account.admin", "member.edit", "environment.read_secret"] as const)
    expect(can(worker, permission, space)).toBe(false);
});

test("a stranger learns nothing of the space, a member learns what is missing", () => {
  const refusal = (actor: Actor, permission: Permission, where: string | null, owner?: string) => {
    try {
      requirePermission(actor, permission, where, owner);
    } catch (error) {
      return error;
    }
    return null;
  };
  expect(refusal(person(["member"]), "audit.read", otherSpace)).toMatchObject({ code: "not_found" });
  expect(refusal(person(["member"]), "audit.read", space)).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("audit.read"),
    details: { permission: "audit.read", spaceId: space },
  });
  expect(refusal(person(["member"]), "environment.terminate", space, "p2")).toMatchObject({
    message: expect.stringContaining("your own environments only"),
  });
  expect(refusal(automation(["admin"]), "approval.vote", space)).toMatchObject({
    message: expect.stringContaining("needs a person"),
  });
  expect(refusal(person(["auditor"]), "audit.read", space)).toBeNull();
});

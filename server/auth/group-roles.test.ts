import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";
import { parseGroupRoles, rolesForGroups } from "./group-roles.ts";

test("the mapping names group, space and role, a group as often as it has roles", () => {
  const mapping = parseGroupRoles(" devs=payments:member, leads=payments:approver,devs=data:designer,ops=*:admin,");
  expect(mapping).toHaveLength(4);
  const { spaces, accountAdmin } = rolesForGroups(mapping, ["devs"]);
  expect(Object.fromEntries(spaces)).toEqual({ payments: ["member"], data: ["designer"] });
  expect(accountAdmin).toBe(false);
  expect(rolesForGroups(mapping, ["ops"]).accountAdmin).toBe(true);
  expect(Object.fromEntries(rolesForGroups(mapping, []).spaces)).toEqual({ payments: [], data: [] });
});

test.each([
  ["devs", "is not of the form"],
  ["devs=payments", "is not of the form"],
  ["devs=payments:boss", "names the role boss"],
  ["devs=*:member", "only *:admin"],
  ["a=b=c:member", "is not of the form"],
])("the mapping %s stops the start and says why", (text, why) => {
  expect(() => parseGroupRoles(text)).toThrow(why);
});

test("the address is what the last hop saw, not what the client claims", () => {
  expect(clientAddress({ "x-forwarded-for": "6.6.6.6, 192.0.2.7" })).toBe("192.0.2.7");
  expect(clientAddress({ "x-forwarded-for": "::ffff:192.0.2.7" })).toBe("192.0.2.7");
  expect(clientAddress({ "x-forwarded-for": "<script>" })).toBeUndefined();
  expect(clientAddress(undefined)).toBeUndefined();
});

import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Keyring, MasterKey } from "./master-key.ts";
import { reseal, type SealedPlace, seal, unseal } from "./seal.ts";

const key = (id: string): MasterKey => ({ id, key: randomBytes(32) });
const ring: Keyring = [key("new"), key("old")];
const place: SealedPlace = { table: "secrets", rowId: "1", field: "value", spaceId: "s" };

test("a sealed value opens in its place and shows nothing of itself", () => {
  const sealed = seal("hunter2 – ümlaut", place, ring);
  expect(sealed).not.toContain("hunter2");
  expect(unseal(sealed, place, ring)).toBe("hunter2 – ümlaut");
  expect(seal("hunter2 – ümlaut", place, ring)).not.toBe(sealed);
});

test.each<[string, Partial<SealedPlace>]>([
  ["table", { table: "drafts" }],
  ["row", { rowId: "2" }],
  ["field", { field: "other" }],
  ["space", { spaceId: "t" }],
])("a sealed value moved to another %s stays closed", (_, other) => {
  const sealed = seal("hunter2", place, ring);
  expect(() => unseal(sealed, { ...place, ...other }, ring)).toThrow("moved from another place");
});

test("a change of any one character, and any cut, is refused", () => {
  const sealed = seal("hunter2", place, ring);
  for (let at = 0; at < sealed.length; at++)
    for (const other of ["A", "b", "_", "."]) {
      if (sealed[at] === other) continue;
      expect(() => unseal(sealed.slice(0, at) + other + sealed.slice(at + 1), place, ring)).toThrow();
    }
  for (let length = 0; length < sealed.length; length++)
    expect(() => unseal(sealed.slice(0, length), place, ring)).toThrow();
});

test("after a rotation the old key can be dropped once values are resealed", () => {
  const oldRing: Keyring = [ring[1]!];
  const sealed = seal("hunter2", place, oldRing);
  const moved = reseal(sealed, place, ring);
  expect(unseal(moved, place, [ring[0]])).toBe("hunter2");
  expect(() => unseal(sealed, place, [ring[0]])).toThrow("needs master key old");
  expect(reseal(moved, place, ring)).toBe(moved);
});

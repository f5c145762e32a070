import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { addMasterKey, derivedKey, makeSecretFile, openKeyring } from "./master-key.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-keys-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

test("the first use makes the key file for its owner's eyes only; later uses read it", () => {
  const file = path.join(folder, "a", "secret.key");
  const [first] = openKeyring(file);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(openKeyring(file)[0].key).toEqual(first.key);
});

test("a key file that others can read is closed to them", () => {
  const file = path.join(folder, "b.key");
  openKeyring(file);
  fs.chmodSync(file, 0o644);
  openKeyring(file);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});

test("the newest key of the file seals, the older ones still open", () => {
  const file = path.join(folder, "c.key");
  const [old] = openKeyring(file);
  addMasterKey(file);
  const ring = openKeyring(file);
  expect(ring).toHaveLength(2);
  expect(ring[1]?.id).toBe(old.id);
  expect(ring[0].id).not.toBe(old.id);
});

test("a configured key comes before the file, and needs none", () => {
  const file = path.join(folder, "d.key");
  const configured = openKeyring(file, "x".repeat(32));
  expect(fs.existsSync(file)).toBe(false);
  expect(configured).toHaveLength(1);
  expect(openKeyring(file, "x".repeat(32))[0].key).toEqual(configured[0].key);
  expect(openKeyring(file, "y".repeat(32))[0].key).not.toEqual(configured[0].key);
});

test("a damaged key file is named, never replaced", () => {
  const file = path.join(folder, "e.key");
  fs.writeFileSync(file, "short\n");
  expect(() => openKeyring(file)).toThrow(`${file} is damaged`);
});

test("a file that exists is not made anew, and purposes have keys of their own", () => {
  const file = path.join(folder, "f.key");
  expect(makeSecretFile(file, () => "one")).toBe(true);
  expect(makeSecretFile(file, () => "two")).toBe(false);
  expect(fs.readFileSync(file, "utf8")).toBe("one");
  const ring = openKeyring(path.join(folder, "g.key"));
  expect(derivedKey("session", ring)).not.toEqual(derivedKey("audit", ring));
});

import { createHash, hkdfSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { config } from "#server/config.ts";

/** One version of the master key; `id` names it inside what it sealed. */
export type MasterKey = { id: string; key: Buffer };

/** All known master keys, the one that seals first. */
export type Keyring = readonly [MasterKey, ...MasterKey[]];

const KEY_BYTES = 32;

let current: { ring: Keyring; version: string } | undefined;

/** The file with the keys of this installation. */
export function keyFile(): string {
  return path.join(config().dataDir, "secret.key");
}

/**
 * The keys of this installation: GANTRY_SECRET_KEY first where it is set, then those of `secret.key`. Read again when the
 * file changes, so that a running process opens what a rotation sealed anew.
 */
export function keyring(): Keyring {
  const { GANTRY_SECRET_KEY, GANTRY_OLD_SECRET_KEY } = config();
  const version = versionOf(keyFile());
  if (current?.version !== version) {
    const ring = openKeyring(keyFile(), GANTRY_SECRET_KEY, GANTRY_OLD_SECRET_KEY);
    current = { ring, version: versionOf(keyFile()) };
  }
  return current.ring;
}

function versionOf(file: string): string {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : "none";
}

/** The key for keyed digests: it lets equal secrets be recognised without telling what they are. */
export function masterKey(): Buffer {
  return derivedKey("keyed digest");
}

/**
 * Reads the key file, one base64url key a line, newest last; makes it (0600) on first use unless a key is configured.
 * Keys of older lines, the one configured `before`, and those of the file beside a configured one, still open what they
 * sealed.
 */
export function openKeyring(file: string, configured?: string, before?: string): Keyring {
  if (configured === undefined) makeSecretFile(file, () => `${randomBytes(KEY_BYTES).toString("base64url")}\n`);
  const stored = fs.existsSync(file) ? readKeys(file) : [];
  const fromConfiguration =
    configured === undefined ? [] : [configured, before].flatMap((text) => (text ? [keyFromText(text)] : []));
  const [newest, ...older] = [...fromConfiguration, ...stored.reverse()];
  if (!newest) throw new Error(`${file} holds no key. Restore it, or set GANTRY_SECRET_KEY.`);
  return [newest, ...older];
}

/** Adds a new newest key; sealed values move to it by `reseal`. The file is the old one or the new one, never a part. */
export function addMasterKey(file: string): void {
  replaceKeys(file, (lines) => [...lines, randomBytes(KEY_BYTES).toString("base64url")]);
}

/** Forgets all keys of the file but its newest: for when nothing is sealed under them any more. */
export function dropOldKeys(file: string): void {
  replaceKeys(file, (lines) => lines.slice(-1));
}

function replaceKeys(file: string, change: (lines: string[]) => string[]): void {
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  fs.writeFileSync(draft, `${change(lines).join("\n")}\n`, { mode: 0o600, flag: "wx", flush: true });
  fs.renameSync(draft, file);
}

/** A key for one purpose (sessions, keyed hashes), derived from the newest master key. */
export function derivedKey(purpose: string, ring: Keyring = keyring()): Buffer {
  return Buffer.from(hkdfSync("sha256", ring[0].key, "gantry", purpose, KEY_BYTES));
}

/** Makes a file for the owner's eyes only, unless it exists; of several processes that try at once, one wins. */
export function makeSecretFile(file: string, content: () => string): boolean {
  if (fs.existsSync(file)) return false;
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  fs.writeFileSync(draft, content(), { mode: 0o600, flag: "wx", flush: true });
  try {
    // A link appears whole or not at all, and never replaces what another process made meanwhile.
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function readKeys(file: string): MasterKey[] {
  if ((fs.statSync(file).mode & 0o077) !== 0 && process.platform !== "win32") fs.chmodSync(file, 0o600);
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => {
    const key = Buffer.from(line.trim(), "base64url");
    if (key.length !== KEY_BYTES)
      throw new Error(`${file} is damaged: a line is no 32-byte key. Restore it from backup.`);
    return named(key);
  });
}

function keyFromText(text: string): MasterKey {
  return named(Buffer.from(hkdfSync("sha256", text, "gantry", "master key", KEY_BYTES)));
}

function named(key: Buffer): MasterKey {
  return { id: createHash("sha256").update("key id").update(key).digest("hex").slice(0, 8), key };
}

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Keyring, keyring } from "./master-key.ts";

/** Where a sealed value lives. It opens nowhere else: a value copied to another row or field stays closed. */
export type SealedPlace = { table: string; rowId: string; field: string; spaceId: string };

const VERSION = "g1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM: the value under a key of its own, that key under the newest master key, both bound to the place.
 * Form: `g1.<master key id>.<wrapped key>.<sealed value>`.
 */
export function seal(plain: string, place: SealedPlace, ring: Keyring = keyring()): string {
  const valueKey = randomBytes(32);
  const wrapped = wrap(valueKey, place, ring);
  return `${wrapped}.${encrypt(valueKey, Buffer.from(plain, "utf8"), bind("value", place))}`;
}

/** Opens what `seal` closed; throws when one byte, the place or the key is not the same. */
export function unseal(sealed: string, place: SealedPlace, ring: Keyring = keyring()): string {
  const { valueKey, value } = unwrap(sealed, place, ring);
  return decrypt(valueKey, value, bind("value", place)).toString("utf8");
}

/** The same value under the newest master key; unchanged text where it already is. */
export function reseal(sealed: string, place: SealedPlace, ring: Keyring = keyring()): string {
  if (sealed.startsWith(`${VERSION}.${ring[0].id}.`)) return sealed;
  const { valueKey, value } = unwrap(sealed, place, ring);
  return `${wrap(valueKey, place, ring)}.${value}`;
}

function wrap(valueKey: Buffer, place: SealedPlace, ring: Keyring): string {
  const { id, key } = ring[0];
  return `${VERSION}.${id}.${encrypt(key, valueKey, bind(id, place))}`;
}

function unwrap(sealed: string, place: SealedPlace, ring: Keyring): { valueKey: Buffer; value: string } {
  const [version, id, wrapped, value, ...rest] = sealed.split(".");
  if (version !== VERSION || !id || !wrapped || !value || rest.length > 0)
    throw new Error("A sealed value is damaged: it does not have the form of one.");
  const master = ring.find((candidate) => candidate.id === id);
  if (!master) throw new Error(`A sealed value needs master key ${id}, which this installation does not have.`);
  return { valueKey: decrypt(master.key, wrapped, bind(id, place)), value };
}

function bind(part: string, { table, rowId, field, spaceId }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, part, table, rowId, field, spaceId]));
}

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

function decrypt(key: Buffer, text: string, bound: Buffer): Buffer {
  const bytes = Buffer.from(text, "base64url");
  // Several texts decode to the same bytes; only the one that was written counts.
  if (bytes.toString("base64url") !== text || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new Error("A sealed value is damaged.");
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound);
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new Error("A sealed value is damaged, or was moved from another place.", { cause });
  }
}

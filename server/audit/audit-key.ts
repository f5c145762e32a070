import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { makeSecretFile } from "#server/secret/master-key.ts";

/** The Ed25519 key of this installation that signs checkpoints and exports. */
export type AuditKey = { id: string; publicKey: string; sign(text: string): string };

const opened = new Map<string, AuditKey>();

/**
 * The key in `audit-key.pem` (0600), made on first use. Its public half lies beside it as `audit-key.pub.pem`, for
 * auditors to keep where this host cannot reach.
 */
export function openAuditKey(dataDir: string): AuditKey {
  const known = opened.get(dataDir);
  if (known) return known;
  const file = path.join(dataDir, "audit-key.pem");
  makeSecretFile(file, () =>
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  const privateKey = createPrivateKey(fs.readFileSync(file));
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  fs.writeFileSync(path.join(dataDir, "audit-key.pub.pem"), publicKey);
  const key: AuditKey = {
    id: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64"),
  };
  opened.set(dataDir, key);
  return key;
}

/** Names a public key: the first 16 hex digits of its digest. Throws when the text is no public key. */
export function keyIdOf(publicKey: string): string {
  const bytes = parsePublicKey(publicKey).export({ type: "spki", format: "der" });
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

const parsed = new Map<string, KeyObject>();

function parsePublicKey(publicKey: string): KeyObject {
  const known = parsed.get(publicKey) ?? createPublicKey(publicKey);
  if (parsed.size > 100) parsed.clear();
  parsed.set(publicKey, known);
  return known;
}

/** Whether the signature over the text is the key's; a signature has one form only. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  const bytes = Buffer.from(signature, "base64");
  if (bytes.toString("base64") !== signature) return false;
  try {
    return verify(null, Buffer.from(text), parsePublicKey(publicKey), bytes);
  } catch {
    return false;
  }
}

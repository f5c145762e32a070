import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject, X509Certificate } from "node:crypto";
import { failed } from "./builtin-error.ts";

/** A key of a certificate or a JWK set, with what the set says of it. */
export interface VerificationKey {
  readonly key: KeyObject;
  readonly algorithm: string;
  readonly id: string;
}

type Jwk = Record<string, unknown>;

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----[ \t\r]*\n?/;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function keyOfPem(pem: string, match: RegExpExecArray): KeyObject {
  if (pem.slice(match.index + match[0].length) !== "") throw failed("extra data after a PEM certificate block");
  const [block, type] = match as unknown as [string, string];
  try {
    if (type === "CERTIFICATE") return new X509Certificate(block).publicKey;
    if (type === "PUBLIC KEY") return createPublicKey(block);
  } catch (error) {
    const name = type === "CERTIFICATE" ? "certificate" : "public key";
    throw failed(`failed to parse a PEM ${name}: ${messageOf(error)}`);
  }
  throw failed("failed to extract a Key from the PEM certificate");
}

/** The keys of a JWK or of a JWK set. */
export function parseJwks(json: string): Jwk[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw failed(`failed to parse a JWK key (set): ${messageOf(error)}`);
  }
  const isObject = (value: unknown): value is Jwk =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const keys = isObject(parsed) && Array.isArray(parsed.keys) ? parsed.keys : [parsed];
  if (keys.every((key) => isObject(key) && typeof key.kty === "string")) return keys as Jwk[];
  throw failed("failed to parse a JWK key (set): failed to unmarshal JWK set: no key type");
}

function secretOf(jwk: Jwk): KeyObject {
  return createSecretKey(Buffer.from(String(jwk.k ?? ""), "base64url"));
}

function publicKeyOf(jwk: Jwk): KeyObject {
  try {
    return jwk.kty === "oct" ? secretOf(jwk) : createPublicKey({ key: jwk, format: "jwk" });
  } catch (error) {
    throw failed(`failed to parse a JWK key (set): ${messageOf(error)}`);
  }
}

/** The key that signs: private, or a secret. */
export function signingKeyOf(jwk: Jwk): KeyObject {
  try {
    return jwk.kty === "oct" ? secretOf(jwk) : createPrivateKey({ key: jwk, format: "jwk" });
  } catch (error) {
    throw failed(messageOf(error));
  }
}

export function parseKeys(text: string, isKnown: (algorithm: string) => boolean): VerificationKey[] {
  const match = pemBlock.exec(text);
  if (match) return [{ key: keyOfPem(text, match), algorithm: "", id: "" }];
  const field = (jwk: Jwk, name: string) => (typeof jwk[name] === "string" ? jwk[name] : "");
  return parseJwks(text)
    .map((jwk) => ({ key: publicKeyOf(jwk), algorithm: field(jwk, "alg"), id: field(jwk, "kid") }))
    .filter(({ algorithm }) => algorithm === "" || isKnown(algorithm));
}

import { constants, createHmac, type KeyObject, sign, timingSafeEqual, verify } from "node:crypto";
import { failed } from "./builtin-error.ts";

interface Algorithm {
  readonly family: "HS" | "RS" | "PS" | "ES" | "EdDSA";
  readonly hash: string | null;
}

const families = ["HS", "RS", "PS", "ES"] as const;

export const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ...families.flatMap((family) =>
    ["256", "384", "512"].map((size): [string, Algorithm] => [`${family}${size}`, { family, hash: `sha${size}` }]),
  ),
  ["EdDSA", { family: "EdDSA", hash: null }],
]);

const keyTypes: Readonly<Record<Algorithm["family"], readonly string[]>> = {
  HS: [],
  RS: ["rsa"],
  PS: ["rsa", "rsa-pss"],
  ES: ["ec"],
  EdDSA: ["ed25519", "ed448"],
};

function keyInput(key: KeyObject, family: Algorithm["family"]) {
  if (family === "PS") {
    return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  }
  return family === "ES" ? { key, dsaEncoding: "ieee-p1363" as const } : { key };
}

function hmac(hash: string | null, key: KeyObject, data: string): Buffer {
  return createHmac(hash ?? "sha256", key)
    .update(data)
    .digest();
}

function fits(key: KeyObject, family: Algorithm["family"]): boolean {
  if (family === "HS") return key.type === "secret";
  return key.asymmetricKeyType !== undefined && keyTypes[family].includes(key.asymmetricKeyType);
}

export function isSigned(name: string, key: KeyObject, data: string, signature: Buffer): boolean {
  const algorithm = algorithms.get(name);
  if (!algorithm || !fits(key, algorithm.family)) return false;
  const { family, hash } = algorithm;
  if (family === "HS") {
    const expected = hmac(hash, key, data);
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  }
  const input = keyInput(key, family);
  const options = family === "PS" ? { ...input, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : input;
  try {
    return verify(hash, Buffer.from(data), options, signature);
  } catch {
    return false;
  }
}

export function signed(name: string, key: KeyObject, data: string): Buffer {
  const algorithm = algorithms.get(name);
  if (!algorithm) throw failed(`unknown JWS algorithm: ${name}`);
  const { family, hash } = algorithm;
  if (!fits(key, family)) throw failed(`failed to sign: key does not fit ${name}`);
  return family === "HS" ? hmac(hash, key, data) : sign(hash, Buffer.from(data), keyInput(key, family));
}

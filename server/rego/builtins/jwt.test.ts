import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { call } from "./testing/call.ts";

const secret = { kty: "oct", k: Buffer.from("a secret of some length").toString("base64url") };
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const p521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
const ed = generateKeyPairSync("ed25519");

type KeyPair = typeof rsa;

function sign(header: object, claims: object, key: object): string {
  const signed = call("io.jwt.encode_sign", JSON.stringify([header, claims, key]));
  expect(signed).not.toContain("eval_");
  return JSON.parse(signed) as string;
}

const families: [string, Pick<KeyPair, "privateKey" | "publicKey">][] = [
  ["RS256", rsa],
  ["RS512", rsa],
  ["PS256", rsa],
  ["PS384", rsa],
  ["ES256", p256],
  ["ES512", p521],
  ["EdDSA", ed],
];

test.each(families)("%s: what is signed verifies with its key and with no other", (alg, pair) => {
  const token = sign({ alg }, { iss: "gantry" }, pair.privateKey.export({ format: "jwk" }));
  const verify = (key: string, text = token) => call(`io.jwt.verify_${alg.toLowerCase()}`, JSON.stringify([text, key]));
  const pem = pair.publicKey.export({ format: "pem", type: "spki" }) as string;
  expect(verify(pem)).toBe("true");
  expect(verify(JSON.stringify({ keys: [pair.publicKey.export({ format: "jwk" })] }))).toBe("true");
  expect(verify(pem, token.replace(/\.[^.]*\./, `.${Buffer.from('{"iss":"other"}').toString("base64url")}.`))).toBe(
    "false",
  );
  const other = alg.startsWith("E") ? rsa : p256;
  expect(verify(other.publicKey.export({ format: "pem", type: "spki" }) as string)).toBe("false");
});

test("a token decodes into header, claims and signature", () => {
  const token = sign({ alg: "HS256", typ: "JWT" }, { sub: "x", n: 1 }, secret);
  expect(call("io.jwt.decode", JSON.stringify([token]))).toMatch(
    /^\[\{"alg":"HS256","typ":"JWT"\},\{"n":1,"sub":"x"\},"[0-9a-f]{64}"\]$/,
  );
  expect(call("io.jwt.verify_hs256", JSON.stringify([token, "a secret of some length"]))).toBe("true");
  expect(call("io.jwt.verify_hs256", JSON.stringify([token, "another secret"]))).toBe("false");
  expect(call("io.jwt.decode", '["a.b"]')).toBe(
    "eval_builtin_error: io.jwt.decode: encoded JWT must have 3 sections, found 2",
  );
});

const unverified = "[false,{},{}]";

test.each([
  [
    "everything holds",
    { iss: "gantry", aud: ["a", "b"], exp: 2000, nbf: 1000 },
    { iss: "gantry", aud: "b", time: 1.5e12 },
    "[true,",
  ],
  ["another issuer", { iss: "other" }, { iss: "gantry" }, unverified],
  ["another audience", { aud: "a" }, { aud: "b" }, unverified],
  ["an audience nobody asked for", { aud: "a" }, {}, unverified],
  ["expired", { exp: 1000 }, { time: 1e12 }, unverified],
  ["not yet valid", { nbf: 2000 }, { time: 1e12 }, unverified],
  ["another algorithm", {}, { alg: "HS512" }, unverified],
  [
    "an unknown constraint",
    {},
    { color: "red" },
    "eval_builtin_error: io.jwt.decode_verify: unknown token validation constraint: color",
  ],
  [
    "an expiry that is no number",
    { exp: "soon" },
    {},
    "eval_builtin_error: io.jwt.decode_verify: exp value must be a number",
  ],
])("decode_verify: %s", (_title, claims, constraints, wanted) => {
  const token = sign({ alg: "HS256" }, claims, secret);
  const given = { secret: "a secret of some length", ...constraints };
  expect(call("io.jwt.decode_verify", JSON.stringify([token, given])).slice(0, wanted.length)).toBe(wanted);
});

test("a critical header that nobody knows makes a token unverified", () => {
  const token = sign({ alg: "HS256", crit: ["x"], x: 1 }, {}, secret);
  expect(call("io.jwt.decode_verify", JSON.stringify([token, { secret: "a secret of some length" }]))).toBe(unverified);
});

test("the secret of an RSA key is never taken for a shared one", () => {
  const pem = rsa.publicKey.export({ format: "pem", type: "spki" }) as string;
  const forged = sign({ alg: "HS256" }, {}, { kty: "oct", k: Buffer.from(pem).toString("base64url") });
  expect(call("io.jwt.decode_verify", JSON.stringify([forged, { cert: pem }]))).toBe(unverified);
});

test.each([
  ["{", "{}", "missing or invalid 'alg' header: cannot parse JSON"],
  ["{}", "{}", "missing or invalid 'alg' header: jwsbb: header \"alg\" not found"],
  ['{"alg":"dummy"}', "{}", "unknown JWS algorithm: dummy"],
  ['{"alg":"HS256","typ":"JWT"}', "e", "type is JWT but payload is not JSON"],
])("signing %s over %s is refused", (header, payload, message) => {
  expect(call("io.jwt.encode_sign_raw", JSON.stringify([header, payload, JSON.stringify(secret)]))).toBe(
    `eval_builtin_error: io.jwt.encode_sign_raw: ${message}`,
  );
});

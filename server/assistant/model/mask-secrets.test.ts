import { expect, test } from "vitest";
import { maskSecrets } from "./mask-secrets.ts";

test.each([
  ["use AKIAABCDEFGHIJKLMNOP please", "ABCDEFGHIJKLMNOP"],
  ["my token ghp_0123456789abcdefghij", "0123456789abcdefghij"],
  ["password: hunter2-hunter2", "hunter2-hunter2"],
  ["the password is Tr0ub4dor&3", "Tr0ub4dor&3"],
  ["postgres://shop:s3cr3t-w0rd@db/shop", "s3cr3t-w0rd"],
  ["Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh", "eyJzdWIiOiIxIn0"],
  ["-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----", "MIIabc"],
  ["sk-ant-REDACTED", "REDACTED"],
])("a pasted credential is covered: %s", (text, secret) => {
  const masked = maskSecrets(text);
  expect(masked).not.toContain(secret);
  expect(masked).toHaveLength(text.length);
});

test.each([
  "I need a Postgres for two hours to try a migration",
  "a secret manager and a token service",
  "https://example.com/path and eu-central-1, m6i.large, orders_v2",
  "how do I get a password into the blueprint",
])("ordinary words stay: %s", (text) => {
  expect(maskSecrets(text)).toBe(text);
});

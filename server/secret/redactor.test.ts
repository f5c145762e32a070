import { expect, test } from "vitest";
import { createRedactor, REDACTED, redact } from "./redactor.ts";

const secrets = [
  "s3cr3t/Pa+ss w0rd='x'",
  "äöü-geheim-€uro",
  '{"token":"tok_\\n9f8e7d"}',
  "-----BEGIN KEY-----\nMIIabcdef\nZZtop123\n-----END KEY-----",
];

const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64 at offset 1": (text) => Buffer.from(`u:${text}`).toString("base64"),
  "base64 at offset 2": (text) => Buffer.from(`us${text}z`).toString("base64"),
  base64url: (text) => Buffer.from(`x${text}`).toString("base64url"),
  hex: (text) => Buffer.from(text).toString("hex"),
  "upper-case hex": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  percent: (text) => encodeURIComponent(text),
  form: (text) => new URLSearchParams({ text }).toString().slice("text=".length),
  JSON: (text) => JSON.stringify(text),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)),
  "shell quotes": (text) => `'${text.replaceAll("'", "'\\''")}'`,
};

/** Cuts text at pseudo-random places, the same for the same seed. */
function* pieces(text: string, seed: number): Generator<string> {
  for (let at = 0, state = seed; at < text.length; ) {
    state = (state * 48_271) % 2_147_483_647;
    const length = 1 + (state % 7);
    yield text.slice(at, at + length);
    at += length;
  }
}

test.each(Object.keys(encodings))("a secret in %s form is hidden, wherever the stream is cut", (name) => {
  const encode = encodings[name] ?? String;
  for (const secret of secrets)
    for (let seed = 1; seed <= 20; seed++) {
      const redactor = createRedactor(secrets);
      let shown = "";
      for (const piece of pieces(`before ${encode(secret)} after`, seed)) shown += redactor(piece);
      shown += redactor.flush();
      expect(shown).toContain(REDACTED);
      expect(shown).not.toContain(secret);
      expect(shown.replaceAll(REDACTED, "").length).toBeLessThan("before  after".length + 12);
    }
});

test("each line of a secret of many lines is hidden by itself", () => {
  expect(redact("log: MIIabcdef!", secrets)).toBe(`log: ${REDACTED}!`);
});

test("ordinary text passes unchanged, piece by piece, and nothing is held back at the end", () => {
  const text = "Apply complete! Resources: 3 added, s3cr3 is no secret, -----BEGIN\nnew line";
  const redactor = createRedactor(secrets);
  let shown = "";
  for (const piece of pieces(text, 7)) shown += redactor(piece);
  expect(shown + redactor.flush()).toBe(text);
});

test("values shorter than six characters hide nothing", () => {
  expect(redact("abcde in a sentence", ["abcde", ""])).toBe("abcde in a sentence");
});

test("overlapping secrets become one mark", () => {
  expect(redact("xabcdefghix", ["abcdef", "defghi"])).toBe(`x${REDACTED}x`);
});

test("a secret that repeats for ever does not pile up in memory", () => {
  const redactor = createRedactor(["abcabcabc"]);
  let shown = "";
  for (let i = 0; i < 10_000; i++) shown += redactor("abc");
  shown += redactor.flush();
  expect(shown).toBe(REDACTED);
});

test("a megabyte of log with fifty secrets stays fast", () => {
  const many = Array.from({ length: 50 }, (_, i) => `secret-number-${i}-${"x".repeat(20)}`);
  const redactor = createRedactor(many);
  const line = `${"the quick brown fox ".repeat(5)}\n`;
  const began = process.cpuUsage();
  for (let i = 0; i < 10_000; i++) redactor(line);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
});

import { expect, test } from "vitest";
import { createRedactor } from "#server/secret/redactor.ts";
import { createLineReader } from "./output-lines.ts";
import { plainText } from "./terminal-text.ts";

function read(chunks: (string | Buffer)[], secrets: string[] = []): string[] {
  const redactor = createRedactor(secrets);
  const lines: string[] = [];
  const reader = createLineReader(
    (text) => redactor(text) + redactor.flush(),
    (line) => lines.push(line),
  );
  for (const chunk of chunks) reader.write(Buffer.from(chunk));
  reader.end();
  return lines;
}

test("lines are whole whatever the borders of the chunks", () => {
  const euro = Buffer.from("1 €\n");
  expect(read(["on", "e\ntw", "o\r", "\nthree", euro.subarray(0, 3), euro.subarray(3)])).toEqual([
    "one",
    "two",
    "three1 €",
  ]);
});

test("escape sequences vanish, also when cut, and other control characters become visible", () => {
  expect(read(["\u001b[3", "1mred\u001b[0m \u001b]0;title\u0007x\u0000\u202ey\n"])).toEqual(["red x\u2400\ufffdy"]);
  expect(plainText("a\u001b[2Jb\u009b1mc\u0085d")).toBe("abc\ufffdd");
});

test("a secret is masked across chunks and under colours", () => {
  expect(read(["pass=corr", "ect-ho\u001b[1mrse!\n"], ["correct-horse"])).toEqual(["pass=[redacted]!"]);
});

test("a long line is cut and says so, and never shows half a secret", () => {
  const [line] = read([`${"x".repeat(5_000)}\n`]);
  expect(line).toBe(`${"x".repeat(4_000)} … [line truncated]`);
  const endless = read(
    [
      ..."ab"
        .repeat(40)
        .split("")
        .map(() => "secret-value".repeat(200)),
      "tail\nnext\n",
    ],
    ["secret-value"],
  );
  expect(endless.join("\n")).not.toContain("secret");
  expect(endless.at(-1)).toBe("next");
});

import { failed } from "./builtin-error.ts";
import { quoted } from "./quote.ts";

const unitNs: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  // Beyond Go's own units: days of 24 hours, weeks, years of 365 days.
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
};

const LIMIT = 2n ** 63n;

/** `1h30m`, `-1.5s`, `100ms` in nanoseconds. */
export function parseDuration(text: string): bigint {
  const invalid = () => failed(`time: invalid duration ${quoted(text)}`);
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  let rest = text.slice(sign.length);
  if (rest === "0") return 0n;
  if (rest === "") throw invalid();
  let total = 0n;
  while (rest !== "") {
    const match = /^(\d*)(?:\.(\d*))?/.exec(rest) as RegExpExecArray;
    const [amount, whole = "", fraction = ""] = match;
    if (whole === "" && fraction === "") throw invalid();
    const name = /^[^.\d]*/u.exec(rest.slice(amount.length))?.[0] ?? "";
    if (name === "") throw failed(`time: missing unit in duration ${quoted(text)}`);
    const unit = Object.hasOwn(unitNs, name) ? unitNs[name] : undefined;
    if (unit === undefined) throw failed(`time: unknown unit ${quoted(name)} in duration ${quoted(text)}`);
    const digits = fraction.slice(0, 18);
    total += BigInt(whole || "0") * unit + (BigInt(digits || "0") * unit) / 10n ** BigInt(digits.length);
    if (total > LIMIT) throw invalid();
    rest = rest.slice(amount.length + name.length);
  }
  if (sign !== "-" && total === LIMIT) throw invalid();
  return sign === "-" ? -total : total;
}

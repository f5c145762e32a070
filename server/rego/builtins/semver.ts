import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { operand, stringOperand } from "./operands.ts";
import { any, boolean, number, string } from "./type-spec.ts";

interface Version {
  readonly release: readonly [bigint, bigint, bigint];
  readonly preRelease: readonly string[];
}

const identifiers = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const pattern = new RegExp(`^v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-(${identifiers})?)?(?:\\+(?:${identifiers})?)?$`);
const MAX_INT64 = 2n ** 63n - 1n;

function parseVersion(text: string): Version | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const release = [match[1], match[2], match[3]].map((part) => BigInt(part as string));
  if (release.some((part) => part > MAX_INT64)) return undefined;
  return { release: release as [bigint, bigint, bigint], preRelease: match[4] ? match[4].split(".") : [] };
}

function compareIdentifiers(a: string, b: string): number {
  const numericA = /^\d+$/.test(a);
  const numericB = /^\d+$/.test(b);
  if (numericA !== numericB) return numericA ? -1 : 1;
  const [x, y] = numericA ? [BigInt(a), BigInt(b)] : [a, b];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** SemVer 2 precedence; build metadata does not count. */
function compareVersions(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) {
    if (a.release[i] !== b.release[i]) return a.release[i] < b.release[i] ? -1 : 1;
  }
  if (a.preRelease.length === 0 || b.preRelease.length === 0) {
    return Math.sign(b.preRelease.length - a.preRelease.length);
  }
  for (const [i, identifier] of a.preRelease.entries()) {
    const other = b.preRelease[i];
    const order = other === undefined ? 1 : compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return a.preRelease.length < b.preRelease.length ? -1 : 0;
}

function versionOperand(text: string, position: number): Version {
  const version = parseVersion(text);
  if (!version) throw failed(`operand ${position}: string ${JSON.stringify(text)} is not a valid SemVer`);
  return version;
}

export const semver: readonly Builtin[] = [
  {
    name: "semver.compare",
    params: [string, string],
    result: number,
    call: (args) => {
      const a = stringOperand(args, 0);
      const b = stringOperand(args, 1);
      return compareVersions(versionOperand(a, 1), versionOperand(b, 2));
    },
  },
  {
    name: "semver.is_valid",
    params: [any],
    result: boolean,
    call: (args) => {
      const text = operand(args, 0);
      return typeof text === "string" && parseVersion(text) !== undefined;
    },
  },
];

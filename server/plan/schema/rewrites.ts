/** How a provider's plan shows an argument that it does not store as written. */
export type Rewrite = {
  kind: RewriteKind;
  /** Whether empty values are dropped or replaced too. */
  dropsEmpty: boolean;
};

export type RewriteKind = (typeof kinds)[keyof typeof kinds];

const kinds = {
  "-": "none",
  h: "hidden",
  s: "sha1",
  j: "json",
  l: "lower",
  u: "upper",
  d: "lower-without-dot",
  t: "without-dot",
  p: "plain-only",
  w: "trimmed",
  n: "no-document",
} as const;

/** `losesEmpty`: texts and collections that the provider computes when they are left out, or empty. */
export function decodeRewrite(code: string | undefined, losesEmpty: boolean): Rewrite | undefined {
  if (code === undefined) return losesEmpty ? { kind: "none", dropsEmpty: true } : undefined;
  const kind = kinds[code[0] as keyof typeof kinds] ?? "hidden";
  return { kind, dropsEmpty: losesEmpty || code.endsWith("z") };
}

/** The code for what a probe saw, such as `document:json zero:hidden`; undefined where nothing needs to be noted. */
export function encodeRewrite(seen: string, losesEmpty: boolean): string | undefined {
  const found = new Map<string, Set<string>>();
  for (const one of seen.split(" ")) {
    const [probe = "", kind = ""] = one.split(":");
    found.set(probe, (found.get(probe) ?? new Set()).add(kind));
  }
  const code = codeOf(found);
  const needsEmpty = found.has("zero") && !losesEmpty;
  if (code === "-" && !needsEmpty) return undefined;
  return code + (needsEmpty ? "z" : "");
}

function codeOf(found: ReadonlyMap<string, ReadonlySet<string>>): string {
  const only = (probe: string): string | undefined => {
    const seen = found.get(probe);
    return seen?.size === 1 ? [...seen][0] : seen && "hidden";
  };
  const document = only("document");
  if (document === "json") return "j";
  const plain = only("plain");
  if (plain !== undefined) return { sha1: "s", upper: "u" }[plain] ?? "h";
  const name = only("name");
  if (name !== undefined) return { lower: "l", upper: "u", "lower-trim-dot": "d", "trim-dot": "t" }[name] ?? "p";
  if (document === undefined) return "-";
  return document === "trim" ? "w" : "n";
}

import { diffLines as difference } from "diff";

export type DiffLine =
  | { kind: "same" | "added" | "removed"; text: string; from: number | null; to: number | null }
  | { kind: "gap"; count: number };

const context = 3;

/** Two texts as one list of lines, unchanged stretches folded to `context` lines around each change. */
export function diffLines(from: string, to: string): DiffLine[] {
  const all: Exclude<DiffLine, { kind: "gap" }>[] = [];
  let old = 0;
  let now = 0;
  for (const part of difference(from, to)) {
    for (const text of part.value.replace(/\n$/, "").split("\n")) {
      if (part.added) all.push({ kind: "added", text, from: null, to: ++now });
      else if (part.removed) all.push({ kind: "removed", text, from: ++old, to: null });
      else all.push({ kind: "same", text, from: ++old, to: ++now });
    }
  }
  return fold(all);
}

function fold(all: Exclude<DiffLine, { kind: "gap" }>[]): DiffLine[] {
  const near = new Set<number>();
  all.forEach((line, at) => {
    if (line.kind === "same") return;
    for (let beside = at - context; beside <= at + context; beside++) near.add(beside);
  });
  const folded: DiffLine[] = [];
  for (const [at, line] of all.entries()) {
    const last = folded.at(-1);
    if (near.has(at)) folded.push(line);
    else if (last?.kind === "gap") last.count++;
    else folded.push({ kind: "gap", count: 1 });
  }
  return folded;
}

import type { Body, Module, Rule } from "#server/rego/ast.ts";
import { visitExprs } from "#server/rego/compile/with-targets.ts";
import type { Location } from "#server/rego/errors.ts";
import type { Recorder } from "#server/rego/eval/recorder.ts";

export interface RowRange {
  start: { row: number };
  end: { row: number };
}

export interface FileCoverage {
  covered: RowRange[];
  notCovered: RowRange[];
  coveredLines: number;
  notCoveredLines: number;
  /** Percent. */
  coverage: number;
}

export interface Coverage {
  files: Record<string, FileCoverage>;
  coveredLines: number;
  notCoveredLines: number;
  coverage: number;
}

/** Counts the rows of rule heads that succeeded and of expressions that were evaluated. */
export class CoverageRecorder implements Recorder {
  private readonly rows = new Map<string, Map<number, boolean>>();

  constructor(modules: readonly Module[]) {
    for (const module of modules) {
      const rows = new Map<number, boolean>();
      this.rows.set(module.file, rows);
      for (const rule of module.rules) {
        for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
          rows.set(next.head.loc.row, false);
          addRows(next.body, rows);
        }
      }
    }
  }

  rule(loc: Location, _name: string, held: boolean): void {
    if (held) this.hit(loc);
  }

  expression(loc: Location): void {
    this.hit(loc);
  }

  read(): void {}

  pathOf(): undefined {}

  enterItem(): number {
    return 0;
  }

  leaveItem(): void {}

  keep(): void {}

  private hit({ file, row }: Location): void {
    const rows = this.rows.get(file);
    if (rows?.has(row) === true) rows.set(row, true);
  }

  get coverage(): Coverage {
    const files = Object.fromEntries([...this.rows].map(([file, rows]) => [file, fileCoverage(rows)]));
    const all = Object.values(files);
    const coveredLines = all.reduce((sum, file) => sum + file.coveredLines, 0);
    const notCoveredLines = all.reduce((sum, file) => sum + file.notCoveredLines, 0);
    return { files, coveredLines, notCoveredLines, coverage: percent(coveredLines, notCoveredLines) };
  }
}

function addRows(body: Body, rows: Map<number, boolean>): void {
  visitExprs(body, ({ node, generated, loc }) => {
    if (node.type !== "some" && generated !== true) rows.set(loc.row, false);
  });
}

function fileCoverage(rows: ReadonlyMap<number, boolean>): FileCoverage {
  const sorted = [...rows].sort(([a], [b]) => a - b);
  const covered = sorted.filter(([, hit]) => hit).map(([row]) => row);
  const missed = sorted.filter(([, hit]) => !hit).map(([row]) => row);
  return {
    covered: ranges(covered),
    notCovered: ranges(missed),
    coveredLines: covered.length,
    notCoveredLines: missed.length,
    coverage: percent(covered.length, missed.length),
  };
}

function ranges(rows: readonly number[]): RowRange[] {
  const found: RowRange[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last !== undefined && last.end.row === row - 1) last.end.row = row;
    else found.push({ start: { row }, end: { row } });
  }
  return found;
}

function percent(covered: number, missed: number): number {
  return covered + missed === 0 ? 100 : Math.round((10_000 * covered) / (covered + missed)) / 100;
}

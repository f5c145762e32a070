import { parse } from "yaml";
import type { Comment, Module } from "./ast.ts";

/** What a `# METADATA` comment says of the package or rule below it. */
export interface Annotation {
  row: number;
  /** The last row of the block: it speaks of what comes next. */
  endRow: number;
  scope?: string;
  title?: string;
  description?: string;
  custom?: Record<string, unknown>;
  [field: string]: unknown;
}

/** The metadata blocks of a module, in order. What is no YAML object is passed over: it is a comment still. */
export function readAnnotations(module: Pick<Module, "comments">): Annotation[] {
  const annotations: Annotation[] = [];
  for (const [i, comment] of module.comments.entries()) {
    if (comment.text.trim() !== "METADATA") continue;
    const block = blockFrom(module.comments, i);
    const fields = parseBlock(block);
    if (fields !== undefined) annotations.push({ ...fields, row: comment.row, endRow: comment.row + block.length });
  }
  return annotations;
}

function blockFrom(comments: readonly Comment[], start: number): Comment[] {
  const block: Comment[] = [];
  const first = comments[start] as Comment;
  for (const comment of comments.slice(start + 1)) {
    if (comment.row !== first.row + block.length + 1 || comment.col !== first.col) break;
    block.push(comment);
  }
  return block;
}

function parseBlock(block: readonly Comment[]): Record<string, unknown> | undefined {
  const text = block.map((comment) => comment.text.replace(/^ /, "")).join("\n");
  try {
    const fields: unknown = parse(text, { maxAliasCount: 0 });
    return fields !== null && typeof fields === "object" && !Array.isArray(fields)
      ? (fields as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

import { and, desc, eq, gte, inArray, like, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import { type AuditScope, ofAccount, scopeCondition, spacesInScope } from "./audit-scope.ts";
import { findActorIds } from "./find-actors.ts";
import { actionsLike, parseSearchLine, type SearchKey, type SearchProblem, type SearchToken } from "./search-line.ts";
import { parseMoment } from "./search-moment.ts";
import { quoteLexeme, searchTerm, wordsOf } from "./search-words.ts";

/** What a search line stands for, within a scope. */
export type AuditFilter = {
  condition: SQL | undefined;
  /** A text search query that all matches fulfil, for the index; null where nothing narrows. */
  indexed: string | null;
  /** No match has a greater number; null where no time bounds it. */
  newest: number | null;
  problems: SearchProblem[];
};

/** One part of a line as a condition, and as alternatives for the index where it can serve. */
type Clause = { condition: SQL; lexemes: string[] | null };

/** A clock may have been set back a little between events whose numbers tell the true order. */
const SKEW_EVENTS = 1000;
const MOST_LEXEMES = 100;

/** Values of one key widen, different keys narrow, `-` excludes. */
export async function auditFilter(ctx: Context, scope: AuditScope, line: string): Promise<AuditFilter> {
  const { tokens, problems } = parseSearchLine(line, ctx.clock.now());
  const slugs = tokens.some((token) => token.key === "space") ? await spacesInScope(ctx, scope) : new Map();
  const excluded: SQL[] = [];
  const groups = new Map<SearchKey | number, Clause[]>();
  for (const [place, token] of tokens.entries()) {
    const clause = await clauseOf(ctx, token, slugs);
    if (clause === null) problems.push(unknownSpace(token, [...slugs.keys()]));
    else if (token.negated) excluded.push(not(clause.condition));
    else {
      const group = token.key === "text" ? place : token.key;
      groups.set(group, [...(groups.get(group) ?? []), clause]);
    }
  }
  const clauses = [...groups.values()];
  const conditions = clauses.map((group) => or(...group.map(({ condition }) => condition)));
  return {
    condition: and(scopeCondition(scope), ...excluded, ...conditions),
    indexed: indexedQuery([...scopeGroup(scope), ...clauses.map(lexemesOf)]),
    newest: await newestBefore(ctx, tokens),
    problems,
  };
}

function lexemesOf(group: Clause[]): string[] | null {
  return group.every(({ lexemes }) => lexemes !== null) ? group.flatMap(({ lexemes }) => lexemes ?? []) : null;
}

function scopeGroup({ all, spaceIds }: AuditScope): string[][] {
  return all ? [] : [spaceIds.map((id) => quoteLexeme(searchTerm.space(id)))];
}

function indexedQuery(groups: (string[] | null)[]): string | null {
  const usable = groups.filter((group) => group !== null && group.length > 0 && group.length <= MOST_LEXEMES);
  return usable.length === 0 ? null : usable.map((group) => `(${group?.join(" | ")})`).join(" & ");
}

async function clauseOf(ctx: Context, token: SearchToken, slugs: Map<string, string>): Promise<Clause | null> {
  const { key, value } = token;
  const lower = value.toLowerCase();
  switch (key) {
    case "text":
      return textClause(value);
    case "actor":
      return oneOf(auditEvents.actorId, await findActorIds(ctx, value), searchTerm.actor);
    case "action":
      return oneOf(auditEvents.action, actionsLike(value), searchTerm.action);
    case "via":
      return oneOf(auditEvents.via, [lower], searchTerm.via);
    case "type":
      return oneOf(auditEvents.objectType, [lower], searchTerm.type);
    case "outcome":
      return oneOf(auditEvents.outcome, [lower], searchTerm.outcome);
    case "space":
      return spaceClause(lower, slugs);
    case "target":
      return targetClause(value);
    case "ip":
      return addressClause(value);
    case "since":
      return {
        condition: gte(auditEvents.at, parseMoment(value, ctx.clock.now(), key) ?? ctx.clock.now()),
        lexemes: null,
      };
    case "until":
      return {
        condition: lt(auditEvents.at, parseMoment(value, ctx.clock.now(), key) ?? ctx.clock.now()),
        lexemes: null,
      };
    case "request":
      return { condition: eq(auditEvents.requestId, value), lexemes: null };
    case "seq":
      return { condition: eq(auditEvents.seq, Number(value)), lexemes: null };
  }
}

function oneOf(column: PgColumn, values: readonly string[], term: (value: string) => string): Clause {
  if (values.length === 0) return { condition: sql`false`, lexemes: [quoteLexeme("nobody:at all")] };
  return { condition: inArray(column, [...values]), lexemes: values.map((value) => quoteLexeme(term(value))) };
}

/** All words, side by side in this order where there are several; the last may be the beginning of one. */
function textClause(text: string): Clause {
  const query = `${wordsOf(text).map(quoteLexeme).join(" <-> ")}:*`;
  return { condition: sql`${auditEvents.search} @@ ${query}::tsquery`, lexemes: [`(${query})`] };
}

function spaceClause(slug: string, slugs: Map<string, string>): Clause | null {
  if (slug === "account") return { condition: ofAccount, lexemes: [quoteLexeme(searchTerm.space(null))] };
  const spaceId = slugs.get(slug);
  if (spaceId === undefined) return null;
  // A null space is no match, but no riddle either: "not in payments" holds for it.
  const condition = sql`coalesce(${eq(auditEvents.spaceId, spaceId)}, false)`;
  return { condition, lexemes: [quoteLexeme(searchTerm.space(spaceId))] };
}

function targetClause(value: string): Clause {
  const begin = value.toLowerCase().replace(/\*$/, "");
  const isNamed = sql`lower(${auditEvents.objectName}) like ${`${escapeLike(begin)}%`}`;
  return {
    condition: sql`(${eq(auditEvents.objectId, value)} or ${isNamed})`,
    lexemes: [quoteLexeme(searchTerm.target(value)), `${quoteLexeme(searchTerm.name(begin))}:*`],
  };
}

function addressClause(value: string): Clause {
  const begin = value.replace(/\*$/, "");
  const isOpen = begin !== value;
  const condition = isOpen ? like(auditEvents.address, `${escapeLike(begin)}%`) : eq(auditEvents.address, value);
  return {
    condition: sql`coalesce(${condition}, false)`,
    lexemes: [`${quoteLexeme(searchTerm.ip(begin))}${isOpen ? ":*" : ""}`],
  };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`);
}

/** The number behind which nothing can match because it is too new. */
async function newestBefore(ctx: Context, tokens: SearchToken[]): Promise<number | null> {
  const untils = tokens.filter(({ key, negated }) => key === "until" && !negated);
  const moments = untils.flatMap(({ value }) => parseMoment(value, ctx.clock.now(), "until")?.getTime() ?? []);
  if (moments.length === 0) return null;
  const [last] = await ctx.db
    .select({ seq: auditEvents.seq })
    .from(auditEvents)
    .where(lt(auditEvents.at, new Date(Math.max(...moments))))
    .orderBy(desc(auditEvents.at))
    .limit(1);
  return (last?.seq ?? 0) + SKEW_EVENTS;
}

function unknownSpace({ from, to, value }: SearchToken, known: string[]): SearchProblem {
  const remedy = known.length > 0 ? `Use ${known.slice(0, 8).join(", ")} or account.` : "Leave it out.";
  return { from, to, text: value, message: `There is no space "${value}" you can see.`, remedy };
}

import { and, eq, gte, inArray, like, lt, not, or, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";
import { people } from "#db/schema/person.ts";
import type { Context } from "#server/context.ts";
import { type AuditScope, ofAccount, scopeCondition, spacesInScope } from "./audit-scope.ts";
import { actionsLike, parseSearchLine, type SearchKey, type SearchProblem, type SearchToken } from "./search-line.ts";
import { parseMoment } from "./search-moment.ts";
import { wordsOf } from "./search-words.ts";

export type AuditFilter = { condition: SQL | undefined; problems: SearchProblem[] };

/** The condition a search line stands for, within a scope. Values of one key widen, different keys narrow. */
export async function auditFilter(ctx: Context, scope: AuditScope, line: string): Promise<AuditFilter> {
  const { tokens, problems } = parseSearchLine(line, ctx.clock.now());
  const conditions: (SQL | undefined)[] = [scopeCondition(scope)];
  const slugs = tokens.some((token) => token.key === "space") ? await spacesInScope(ctx, scope) : new Map();
  const wanted = new Map<SearchKey, SQL[]>();
  for (const token of tokens) {
    const condition = await conditionOf(ctx, token, slugs);
    if (condition === null) problems.push(unknownSpace(token, [...slugs.keys()]));
    else if (token.negated) conditions.push(not(condition));
    else if (token.key === "text") conditions.push(condition);
    else wanted.set(token.key, [...(wanted.get(token.key) ?? []), condition]);
  }
  for (const alternatives of wanted.values()) conditions.push(or(...alternatives));
  return { condition: and(...conditions), problems };
}

async function conditionOf(ctx: Context, token: SearchToken, slugs: Map<string, string>): Promise<SQL | null> {
  const { key, value } = token;
  switch (key) {
    case "text":
      return matchesWords(value);
    case "actor":
      return inArrayOrNone(auditEvents.actorId, await findActorIds(ctx, value));
    case "action":
      return inArrayOrNone(auditEvents.action, actionsLike(value));
    case "target":
      return or(eq(auditEvents.objectId, value), beginsWith(sql`lower(${auditEvents.objectName})`, value)) ?? null;
    case "space":
      return spaceCondition(value.toLowerCase(), slugs);
    case "since":
      return gte(auditEvents.at, parseMoment(value, ctx.clock.now(), key) ?? ctx.clock.now());
    case "until":
      return lt(auditEvents.at, parseMoment(value, ctx.clock.now(), key) ?? ctx.clock.now());
    case "ip":
      // A null address is no match, but no riddle either: "not 10.*" holds for it.
      return sql`coalesce(${value.endsWith("*") ? like(auditEvents.address, `${escapeLike(value.slice(0, -1))}%`) : eq(auditEvents.address, value)}, false)`;
    case "seq":
      return eq(auditEvents.seq, Number(value));
    default:
      return eq(plainColumns[key], key === "request" ? value : value.toLowerCase());
  }
}

const plainColumns = {
  via: auditEvents.via,
  type: auditEvents.objectType,
  outcome: auditEvents.outcome,
  request: auditEvents.requestId,
} as const;

function spaceCondition(slug: string, slugs: Map<string, string>): SQL | null {
  if (slug === "account") return ofAccount;
  const spaceId = slugs.get(slug);
  return spaceId === undefined ? null : sql`coalesce(${eq(auditEvents.spaceId, spaceId)}, false)`;
}

/** All words, in this order and side by side where there are several; the last may be the beginning of one. */
function matchesWords(text: string): SQL {
  const words = wordsOf(text).map((word) => `'${word}'`);
  return sql`${auditEvents.search} @@ to_tsquery('simple', ${`${words.join(" <-> ")}:*`})`;
}

function beginsWith(column: SQL, value: string): SQL {
  return sql`${column} like ${`${escapeLike(value.toLowerCase().replace(/\*$/, ""))}%`}`;
}

function inArrayOrNone(column: typeof auditEvents.actorId | typeof auditEvents.action, values: readonly string[]): SQL {
  return values.length === 0 ? sql`false` : inArray(column, [...values]);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`);
}

const systemIds = ["worker", "schedule", "command", "release", "sign-in"].map((name) => `system:${name}`);
const systemAliases: Record<string, string> = { scheduler: "system:schedule", system: "system:" };

/** Ids of everybody a word may mean: oneself, Gantry's own parts, people by id, e-mail or a part of the name. */
async function findActorIds(ctx: Context, value: string): Promise<string[]> {
  const word = value.toLowerCase().replace(/\*$/, "");
  if (word === "me") return [ctx.actor.id];
  const alias = systemAliases[word] ?? word;
  const systems = systemIds.filter((id) => id.startsWith(alias) || id.startsWith(`system:${alias}`));
  const begin = `${escapeLike(word)}%`;
  const rows = await ctx.db
    .select({ id: people.id })
    .from(people)
    .where(
      or(
        sql`${people.id}::text = ${word}`,
        sql`lower(${people.email}) like ${begin}`,
        sql`lower(${people.name}) like ${begin}`,
        sql`lower(${people.name}) like ${`% ${begin}`}`,
      ),
    )
    .limit(500);
  return [...systems, ...rows.map((row) => row.id)];
}

function unknownSpace({ from, to, value }: SearchToken, known: string[]): SearchProblem {
  const remedy = known.length > 0 ? `Use ${known.slice(0, 8).join(", ")} or account.` : "Leave it out.";
  return { from, to, text: value, message: `There is no space "${value}" you can see.`, remedy };
}

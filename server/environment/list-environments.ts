import { and, asc, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environmentStates, environments, launchOutcome, launchOutcomes } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { accruedByEnvironment } from "#server/cost/accrual.ts";
import { environmentRef } from "#server/environment-ref.ts";
import { cursorAfter, readCursor } from "./keyset.ts";

export const environmentSorts = ["-created", "created", "ends", "-cost"] as const;

export const ListEnvironmentsInput = z.object({
  spaceId: z.uuid(),
  state: z.array(z.enum(environmentStates)).max(12).optional(),
  /** A person's id, or `me`. */
  owner: z.union([z.literal("me"), z.uuid()]).optional(),
  blueprint: z.string().max(200).optional(),
  text: z.string().trim().max(200).optional(),
  agent: z.enum(["local", "simulator"]).optional(),
  drifted: z.boolean().optional(),
  /** What became of the launch, as the launch report counts it. */
  outcome: z.enum(launchOutcomes).optional(),
  /** Asked for at this instant or later, and before that one. */
  askedFrom: z.coerce.date().optional(),
  askedBefore: z.coerce.date().optional(),
  sort: z.enum(environmentSorts).default("-created"),
  cursor: z.string().max(300).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListEnvironmentsInput = z.infer<typeof ListEnvironmentsInput>;

const sortings = {
  "-created": { by: environments.createdAt, order: desc, beyond: "<" },
  created: { by: environments.createdAt, order: asc, beyond: ">" },
  ends: { by: sql<Date>`coalesce(${environments.endsAt}, 'infinity'::timestamptz)`, order: asc, beyond: ">" },
  "-cost": { by: sql<string>`coalesce(${environments.monthlyEstimate}, -1)`, order: desc, beyond: "<" },
} as const;

function filterOf(ctx: Context, input: ListEnvironmentsInput): SQL | undefined {
  const owner = input.owner === "me" ? ctx.actor.id : input.owner;
  const words = input.text ? input.text.replace(/[\\%_]/g, "\\$&") : "";
  const number = /^(?:env-)?(\d{1,9})$/i.exec(input.text ?? "")?.[1];
  return and(
    eq(environments.spaceId, input.spaceId),
    input.state?.length ? inArray(environments.state, input.state) : undefined,
    owner ? eq(environments.ownerId, owner) : undefined,
    input.blueprint ? eq(environments.blueprintName, input.blueprint) : undefined,
    input.agent ? eq(environments.agent, input.agent) : undefined,
    input.drifted ? eq(environments.driftState, "drifted") : undefined,
    input.outcome ? sql`${launchOutcome} = ${input.outcome}` : undefined,
    input.askedFrom ? gte(environments.createdAt, input.askedFrom) : undefined,
    input.askedBefore ? lt(environments.createdAt, input.askedBefore) : undefined,
    words
      ? or(
          ilike(environments.name, `%${words}%`),
          ilike(environments.blueprintName, `%${words}%`),
          number ? eq(environments.number, Number(number)) : undefined,
        )
      : undefined,
  );
}

const shown = {
  id: environments.id,
  number: environments.number,
  name: environments.name,
  state: environments.state,
  stateSince: environments.stateSince,
  stateReason: environments.stateReason,
  blueprintName: environments.blueprintName,
  blueprintTitle: sql<string>`coalesce(${blueprintRevisions.document} ->> 'title', ${environments.blueprintName})`,
  blueprintIcon: sql<string | null>`${blueprintRevisions.document} ->> 'icon'`,
  ownerId: environments.ownerId,
  ownerName: people.name,
  requestedBy: environments.requestedBy,
  endsAt: environments.endsAt,
  durationMinutes: environments.durationMinutes,
  monthlyEstimate: environments.monthlyEstimate,
  estimateIsOpen: environments.estimateIsOpen,
  hourlyCost: environments.hourlyCost,
  simulated: environments.simulated,
  agent: environments.agent,
  driftState: environments.driftState,
  outputs: environments.outputs,
  createdAt: environments.createdAt,
  activeAt: environments.activeAt,
  endedAt: environments.endedAt,
};

/** Environments of a space, one page of a stable order, with what each has cost so far. */
export async function listEnvironments(ctx: Context, input: ListEnvironmentsInput) {
  requirePermission(ctx.actor, "environment.read", input.spaceId);
  const filter = filterOf(ctx, input);
  const { by, order, beyond } = sortings[input.sort];
  const last = readCursor(input.cursor);
  const after = last
    ? sql`(${by}, ${environments.id}) ${sql.raw(beyond)} (${last.value}::${sql.raw(input.sort === "-cost" ? "numeric" : "timestamptz")}, ${last.id}::uuid)`
    : undefined;
  // Which rows first, and what they show then: a plan and a blueprint are long, and only those of the page are read.
  const found = ctx.db
    .select({ id: environments.id, sortValue: sql`${by}`.as("sort_value") })
    .from(environments)
    .where(and(filter, after))
    .orderBy(order(by), order(environments.id))
    .limit(input.limit + 1)
    .as("found");
  const rows = await ctx.db
    .select({ ...shown, sortKey: sql<string>`${found.sortValue}::text` })
    .from(found)
    .innerJoin(environments, eq(environments.id, found.id))
    .leftJoin(people, eq(people.id, environments.ownerId))
    .leftJoin(blueprintRevisions, eq(blueprintRevisions.id, environments.revisionId))
    .orderBy(order(found.sortValue), order(found.id));
  const page = rows.slice(0, input.limit);
  const costs = await accruedByEnvironment(
    ctx,
    page.map((row) => row.id),
  );
  const items = page.map(({ sortKey: _key, outputs, ...row }) => ({
    ...row,
    ref: environmentRef(row),
    costSoFar: costs.get(row.id) ?? null,
    links: outputs
      .filter((output) => output.kind === "link" && !output.sensitive)
      .map(({ name, value }) => ({ name, value })),
  }));
  const total = await ctx.db.$count(environments, filter);
  const end = page.at(-1);
  const nextCursor = rows.length > page.length && end ? cursorAfter(end.sortKey, end.id) : null;
  return { items, nextCursor, total };
}

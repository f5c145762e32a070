import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { approvalRequests, approvalStates, approvalVotes } from "#db/schema/approval.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments } from "#db/schema/environment.ts";
import { memberships, people } from "#db/schema/person.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { environmentRef } from "#server/environment-ref.ts";
import { votingRoles, whyNotVote } from "./approval-rules.ts";

export const ListApprovalsInput = z.object({
  spaceId: z.uuid(),
  tab: z.enum(["for_me", "mine", "all"]).default("all"),
  state: z.array(z.enum(approvalStates)).max(6).optional(),
  /** Creation time and id of the last row seen. */
  cursor: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListApprovalsInput = z.infer<typeof ListApprovalsInput>;

/** Requests the actor could vote on now: open, not barred, not voted yet, with the role for it. */
function waitingFor(ctx: Context, spaceId: string): SQL {
  const { actor } = ctx;
  const held = actor.kind === "person" ? (actor.roles[spaceId] ?? []) : [];
  if (!votingRoles.some((role) => held.includes(role))) return sql`false`;
  const voted = sql`exists (select 1 from ${approvalVotes} where ${approvalVotes.requestId} = ${approvalRequests.id} and ${approvalVotes.personId} = ${actor.id}::uuid)`;
  return sql`${approvalRequests.state} = 'open' and ${approvalRequests.expiresAt} > ${ctx.clock.now().toISOString()}::timestamptz
    and not (${actor.id} = any(${approvalRequests.barredIds})) and not ${voted}`;
}

function tabFilter(ctx: Context, input: ListApprovalsInput): SQL | undefined {
  if (input.tab === "for_me") return waitingFor(ctx, input.spaceId);
  if (input.tab === "mine") return sql`${ctx.actor.id} = any(${approvalRequests.barredIds})`;
  return undefined;
}

/** How many requests wait for the actor: the number in the rail. */
export async function countForMe(ctx: Context, spaceId: string): Promise<number> {
  requirePermission(ctx.actor, "approval.read", spaceId);
  return ctx.db.$count(approvalRequests, and(eq(approvalRequests.spaceId, spaceId), waitingFor(ctx, spaceId)));
}

/** People who could vote in a space, by name. */
export async function listVoters(ctx: Context, spaceId: string): Promise<{ id: string; name: string }[]> {
  return ctx.db
    .selectDistinct({ id: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.spaceId, spaceId),
        inArray(memberships.role, [...votingRoles]),
        eq(people.kind, "person"),
        sql`${people.disabledAt} is null`,
      ),
    )
    .orderBy(people.name)
    .limit(200);
}

/** The votes of several requests, in one query, by request. */
export async function votesOf(ctx: Context, requestIds: string[]) {
  const rows = requestIds.length
    ? await ctx.db
        .select()
        .from(approvalVotes)
        .where(inArray(approvalVotes.requestId, requestIds))
        .orderBy(asc(approvalVotes.createdAt))
    : [];
  const byRequest = new Map<string, typeof rows>();
  for (const row of rows) byRequest.set(row.requestId, [...(byRequest.get(row.requestId) ?? []), row]);
  return byRequest;
}

function afterCursor(cursor: string | undefined): SQL | undefined {
  const [at, id] = cursor?.split("|") ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !z.uuid().safeParse(id).success) return undefined;
  const { createdAt } = approvalRequests;
  return or(lt(createdAt, new Date(at)), and(eq(createdAt, new Date(at)), sql`${approvalRequests.id} < ${id}::uuid`));
}

/** Requests of a space, open ones by what expires first. */
export async function listApprovals(ctx: Context, input: ListApprovalsInput) {
  requirePermission(ctx.actor, "approval.read", input.spaceId);
  const filter = and(
    eq(approvalRequests.spaceId, input.spaceId),
    tabFilter(ctx, input),
    input.state?.length ? inArray(approvalRequests.state, input.state) : undefined,
  );
  const rows = await ctx.db
    .select({
      request: approvalRequests,
      environment: {
        id: environments.id,
        number: environments.number,
        name: environments.name,
        state: environments.state,
        blueprintName: environments.blueprintName,
        blueprintTitle: sql<string>`coalesce(${blueprintRevisions.document} ->> 'title', ${environments.blueprintName})`,
        monthlyEstimate: environments.monthlyEstimate,
        estimateIsOpen: environments.estimateIsOpen,
        simulated: environments.simulated,
        ownerId: environments.ownerId,
      },
    })
    .from(approvalRequests)
    .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
    .leftJoin(blueprintRevisions, eq(blueprintRevisions.id, environments.revisionId))
    .where(and(filter, afterCursor(input.cursor)))
    .orderBy(desc(approvalRequests.createdAt), desc(approvalRequests.id))
    .limit(input.limit + 1);
  const page = rows.slice(0, input.limit);
  const votes = await votesOf(
    ctx,
    page.map((row) => row.request.id),
  );
  const voters = await listVoters(ctx, input.spaceId);
  const now = ctx.clock.now();
  const items = page.map(({ request, environment }) => {
    const cast = votes.get(request.id) ?? [];
    const why = whyNotVote(ctx.actor, request, cast, now);
    const eligible = voters.filter((voter) => !request.barredIds.includes(voter.id));
    return {
      ...request,
      environment: { ...environment, ref: environmentRef(environment) },
      votes: cast,
      canVote: why === undefined,
      whyNot: why ?? null,
      eligible,
    };
  });
  const last = page.at(-1)?.request;
  const nextCursor = rows.length > page.length && last ? `${last.createdAt.toISOString()}|${last.id}` : null;
  return { items, nextCursor, total: await ctx.db.$count(approvalRequests, filter) };
}

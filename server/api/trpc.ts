import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import { noteRefusal } from "#server/audit/note-refusal.ts";
import type { Context } from "#server/context.ts";
import { Problem, type ProblemCode } from "#server/errors.ts";
import { logger } from "#server/log.ts";
import { findSpace } from "#server/space/list-spaces.ts";

/** What a request brings: `ctx` is null for a stranger. */
export type ApiContext = { ctx: Context | null; requestId: string; open: Context };

const trpcCodes = {
  bad_input: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ProblemCode, string>;

/** What an input schema refused, in the form of a Problem: the place, the rule. */
function inputProblem(error: TRPCError) {
  if (error.code !== "BAD_REQUEST" || !(error.cause instanceof z.ZodError)) return null;
  const issue = error.cause.issues[0];
  const path = issue?.path.join(".") ?? "";
  const message = `${path || "The request"}: ${issue?.message ?? "not usable"}`;
  return {
    code: "bad_input" as const,
    message,
    remedy: "Correct the field and send it again.",
    place: { path },
    details: undefined,
  };
}

function shownProblem(error: TRPCError) {
  const { cause } = error;
  if (!(cause instanceof Problem)) return inputProblem(error);
  const { code, message, remedy, place, details } = cause;
  return { code, message, remedy, place, details };
}

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 12_000 } },
  errorFormatter({ shape, error, ctx }) {
    const problem = shownProblem(error);
    const isBug = problem === null && error.code === "INTERNAL_SERVER_ERROR";
    return {
      ...shape,
      // A bug's own words may tell of tables and paths: they go to the log only.
      message: isBug ? "Something went wrong on our side." : (problem?.message ?? shape.message),
      data: { ...shape.data, stack: undefined, problem, requestId: ctx?.requestId },
    };
  },
});

/** The single translation of a Problem; refusals are written down, anything else is logged as a bug. */
const problems = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof Problem) {
    if (cause.code === "forbidden" && ctx.ctx)
      await noteRefusal(ctx.ctx, cause).catch((error) => logger.error({ error }, "a refusal was not recorded"));
    throw new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause });
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    logger.error({ err: cause ?? result.error, path, requestId: ctx.requestId }, "a procedure failed");
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
/** Answers anybody: sign-in options and the set-up link only. `ctx.open` carries no actor's rights. */
export const publicProcedure = t.procedure.use(problems);

/** Answers people and automations with a session; `ctx` is the request's Context. */
export const signedIn = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.ctx) throw new Problem("unauthenticated", "Sign in first.");
  return next({ ctx: ctx.ctx });
});

export const SpaceSlugInput = z.object({ space: z.string().max(80) });

/** The same within a space that the actor can see; `ctx.space` is that space. */
export const inSpace = signedIn.input(SpaceSlugInput).use(async ({ ctx, input, next }) => {
  const space = await findSpace(ctx, { slug: input.space });
  return next({ ctx: { ...ctx, space } });
});

import { randomUUID } from "node:crypto";
import { database } from "#db/client.ts";
import type { Channel } from "#server/actor.ts";
import { clientAddress } from "#server/auth/client-address.ts";
import { findSessionActor } from "#server/auth/session-actor.ts";
import { visitor } from "#server/auth/sign-in.ts";
import { config } from "#server/config.ts";
import { createContext, systemClock } from "#server/context.ts";
import type { ApiContext } from "./trpc.ts";

type Incoming = { readCookie(name: string): string | undefined; header(name: string): string | null; via: Channel };

/** The context of one request: session, actor with the roles held now, address. Resolved once a request. */
export async function createApiContext({ readCookie, header, via }: Incoming): Promise<ApiContext> {
  const db = database();
  const requestId = randomUUID();
  const address = clientAddress({ "x-forwarded-for": header("x-forwarded-for") ?? undefined });
  const parts = { db, clock: systemClock, requestId, address, via };
  const actor = await findSessionActor({ db, clock: systemClock, config: config() }, readCookie);
  return {
    requestId,
    ctx: actor && createContext({ ...parts, actor }),
    open: createContext({ ...parts, actor: visitor }),
  };
}

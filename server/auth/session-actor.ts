import type { AuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import { database } from "#db/client.ts";
import type { Automation, Person } from "#server/actor.ts";
import { config } from "#server/config.ts";
import { systemClock } from "#server/context.ts";
import { type AuthDoor, createAuthOptions } from "./auth-options.ts";
import { loadActor } from "./load-actor.ts";
import { readSessionToken, sessionCookieName, sessionSecret } from "./session-token.ts";

let options: AuthOptions | undefined;

/** The options of this process, for the one route of next-auth. */
export function authOptions(): AuthOptions {
  // A rotated master key is another session secret: with the old one nobody could sign in any more.
  if (options?.secret !== sessionSecret())
    options = createAuthOptions({ db: database(), clock: systemClock, config: config() });
  return options;
}

/** Who sent a request, by its session cookie; null for a stranger. `readCookie` gives a cookie's value by name. */
export async function findSessionActor(
  door: AuthDoor,
  readCookie: (name: string) => string | undefined,
): Promise<Person | Automation | null> {
  const token = readCookie(sessionCookieName(door.config));
  if (!token) return null;
  const claims = await decode({ token, secret: sessionSecret() }).catch(() => null);
  const session = readSessionToken(claims, door.clock.now());
  return session ? loadActor(door.db, session.personId, session) : null;
}

import { z } from "zod";
import type { Config } from "#server/config.ts";
import { derivedKey } from "#server/secret/master-key.ts";
import type { SignedIn } from "./sign-in.ts";

export const IDLE_SECONDS = 8 * 3600;
export const ABSOLUTE_SECONDS = 24 * 3600;

/** Over TLS a `__Host-` cookie: it comes over TLS only, and no other host of the domain can set it. */
export function sessionCookieName({ publicUrl }: Config): string {
  return publicUrl.startsWith("https:") ? "__Host-gantry.session" : "gantry.session";
}

export function sessionSecret(): string {
  return derivedKey("session").toString("base64url");
}

/** What the session cookie carries, encrypted: who, which session, and when it ends at the latest (milliseconds). */
export const SessionToken = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  sessionVersion: z.number().int(),
  endsAt: z.number(),
});
export type SessionToken = z.infer<typeof SessionToken>;

export function tokenFor({ personId, sessionId, sessionVersion }: SignedIn, now: Date): SessionToken {
  return { personId, sessionId, sessionVersion, endsAt: now.getTime() + ABSOLUTE_SECONDS * 1000 };
}

/** The claims of a decoded cookie, or null when they are not ours or the session is too old, however busy it was. */
export function readSessionToken(claims: unknown, now: Date): SessionToken | null {
  const token = SessionToken.safeParse(claims);
  return token.success && token.data.endsAt > now.getTime() ? token.data : null;
}

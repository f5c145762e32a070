import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor } from "#server/actor.ts";
import type { SignInMethod } from "#server/audit/audit-event.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { actingAs, type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { isPassword } from "#server/secret/password.ts";
import { writePerson } from "#server/space/change-person.ts";
import { isDemoOn } from "#server/space/demo.ts";
import { Email, findPersonByEmail, objectOf, type PersonRow } from "#server/space/person.ts";
import { countAttempt, forgiveAttempts, isWorthRecording } from "./sign-in-attempts.ts";

/** Somebody at the door, of whom nothing is known yet. */
export const visitor: Actor = { kind: "system", id: "system:sign-in", name: "Sign-in" };

/** Who signed in, and what the session's token has to carry. */
export type SignedIn = {
  personId: string;
  email: string;
  name: string;
  sessionId: string;
  sessionVersion: number;
};

export const PasswordSignInInput = z.object({ email: Email, password: z.string().min(1).max(256) });

/** One answer for every failure: it does not tell whether the e-mail is known. */
function refused(): Problem {
  return new Problem("unauthenticated", "E-mail and password do not fit together.");
}

export async function signInWithPassword(ctx: Context, input: z.input<typeof PasswordSignInInput>): Promise<SignedIn> {
  const parsed = PasswordSignInInput.safeParse(input);
  if (!parsed.success) throw refused();
  const { email, password } = parsed.data;
  const attempt = { email, address: ctx.address ?? "unknown" };
  await countAttempt(ctx, attempt).catch((problem) => refuse(ctx, { email, reason: "rate_limited", problem }));
  const person = await findPersonByEmail(ctx.db, email);
  const fits = await isPassword(password, person?.passwordHash);
  if (!person || !fits || person.disabledAt !== null || person.kind !== "person")
    return refuse(ctx, { email, reason: reasonOf(person, fits), problem: refused() });
  await forgiveAttempts(ctx, attempt);
  return beginSession(ctx, person, "password");
}

export const DemoSignInInput = z.object({ email: Email });

/** One click, for a demo account while the demo is on. */
export async function signInToDemo(ctx: Context, input: z.input<typeof DemoSignInInput>): Promise<SignedIn> {
  const parsed = DemoSignInInput.safeParse(input);
  if (!parsed.success) throw refused();
  if (!(await isDemoOn(ctx.db))) throw new Problem("forbidden", "The demo is switched off.");
  const person = await findPersonByEmail(ctx.db, parsed.data.email);
  if (!person?.demo || person.kind !== "person" || person.disabledAt !== null)
    throw new Problem("forbidden", "This is no demo account.");
  return beginSession(ctx, person, "demo");
}

/** Notes the sign-in and gives what the token carries: a new session id each time. */
export async function beginSession(ctx: Context, person: PersonRow, method: SignInMethod): Promise<SignedIn> {
  const sessionId = randomUUID();
  return inTransaction(ctx, async (tx) => {
    await writePerson(tx, person.id, { lastSignInAt: tx.clock.now() });
    const self = actingAs(tx, {
      kind: "person",
      id: person.id,
      name: person.name,
      email: person.email,
      accountAdmin: person.accountAdmin,
      groups: person.groups,
      roles: {},
    });
    const object = objectOf(person);
    await recordEvent(self, { action: "session.signed_in", spaceId: null, object, data: { method, sessionId } });
    const { id: personId, email, name, sessionVersion } = person;
    return { personId, email, name, sessionId, sessionVersion };
  });
}

function reasonOf(person: PersonRow | null, fits: boolean): string {
  if (!person) return "unknown_email";
  if (person.kind !== "person") return "automation";
  if (person.passwordHash === null) return "no_password";
  return fits ? "disabled" : "wrong_password";
}

async function refuse(ctx: Context, failure: { email: string; reason: string; problem: unknown }): Promise<never> {
  const { email, reason, problem } = failure;
  if (problem instanceof Problem && (await isWorthRecording(ctx)))
    await inTransaction(ctx, (tx) =>
      recordEvent(tx, {
        action: "session.sign_in_failed",
        spaceId: null,
        object: { type: "person", id: email, name: email },
        outcome: "denied",
        data: { method: "password", reason },
      }),
    );
  throw problem;
}

import type { AuthOptions, User } from "next-auth";
import { decode, encode, type JWTOptions } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Db } from "#db/client.ts";
import type { Config } from "#server/config.ts";
import { type Clock, type Context, createContext } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { logger } from "#server/log.ts";
import { clientAddress } from "./client-address.ts";
import { parseGroupRoles } from "./group-roles.ts";
import { loadActor } from "./load-actor.ts";
import { IDLE_SECONDS, readSessionToken, sessionCookieName, sessionSecret, tokenFor } from "./session-token.ts";
import { type SignedIn, signInToDemo, signInWithPassword, visitor } from "./sign-in.ts";
import { type OidcClaims, signInWithOidc } from "./sign-in-oidc.ts";
import { signOut } from "./sign-out.ts";

export type AuthDoor = { db: Db; clock: Clock; config: Config };
type Headers = Parameters<typeof clientAddress>[0];

/** What next-auth is told: who may come in (password, demo, single sign-on) and how a session is kept. */
export function createAuthOptions(door: AuthDoor): AuthOptions {
  const isSecure = door.config.publicUrl.startsWith("https:");
  const secret = sessionSecret();
  const contextFor = (headers?: Headers): Context =>
    createContext({ db: door.db, clock: door.clock, actor: visitor, via: "ui", address: clientAddress(headers) });
  const oidc = oidcProvider(door.config);
  return {
    secret,
    session: { strategy: "jwt", maxAge: IDLE_SECONDS },
    jwt: { secret, maxAge: IDLE_SECONDS, encode, decode: decodeLive(door) },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [...credentialProviders(contextFor), ...(oidc ? [oidc] : [])],
    callbacks: callbacksFor(door, contextFor),
    events: {
      signOut: async ({ token }) => {
        const session = readSessionToken(token, door.clock.now());
        if (session) await signOut(contextFor(), session);
      },
    },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(door.config),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure },
      },
    },
    logger: { error: logFault, warn: () => {}, debug: () => {} },
  };
}

function logFault(code: string, detail: unknown): void {
  // A session that has ended is no fault.
  if (code === "JWT_SESSION_ERROR") return;
  const error = detail instanceof Error ? detail : (detail as { error?: unknown } | undefined)?.error;
  logger.warn({ code, reason: error instanceof Error ? error.message : "no detail" }, "next-auth reports a fault");
}

/** A cookie counts only while its session does: not too old, not ended, its person neither disabled nor revoked. */
function decodeLive({ db, clock }: AuthDoor): JWTOptions["decode"] {
  return async (params) => {
    const claims = await decode(params).catch(() => null);
    const session = readSessionToken(claims, clock.now());
    return session && (await loadActor(db, session.personId, session)) ? claims : null;
  };
}

function credentialProviders(contextFor: (headers?: Headers) => Context): AuthOptions["providers"] {
  return [
    CredentialsProvider({
      id: "credentials",
      name: "E-mail and password",
      credentials: { email: { type: "email" }, password: { type: "password" } },
      authorize: (given, request) =>
        asUser(signInWithPassword(contextFor(request.headers), { email: "", password: "", ...given })),
    }),
    CredentialsProvider({
      id: "demo",
      name: "Demo account",
      credentials: { email: { type: "email" } },
      authorize: (given, request) => asUser(signInToDemo(contextFor(request.headers), { email: "", ...given })),
    }),
  ];
}

function oidcProvider(config: Config): OAuthConfig<OidcClaims> | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME } = config;
  const scope = config.OIDC_SCOPE ?? `openid profile email${config.OIDC_GROUP_ROLES ? " groups" : ""}`;
  if (!issuer || !clientId) return null;
  return {
    id: "oidc",
    name: OIDC_NAME,
    type: "oauth",
    issuer,
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    ...(clientSecret ? { clientSecret } : { client: { token_endpoint_auth_method: "none" } }),
    authorization: { params: { scope } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: ({ sub, email, name }) => ({ id: sub, email, name: name ?? email }),
  };
}

function callbacksFor({ clock, config }: AuthDoor, contextFor: () => Context): NonNullable<AuthOptions["callbacks"]> {
  const mapping = parseGroupRoles(config.OIDC_GROUP_ROLES);
  const issuer = config.OIDC_ISSUER ?? "";
  return {
    async signIn({ user, account, profile }) {
      if (account?.provider !== "oidc") return true;
      try {
        const claims = { ...profile, groups: profile?.[config.OIDC_GROUPS_CLAIM as keyof typeof profile] };
        Object.assign(user, userFor(await signInWithOidc(contextFor(), { issuer, mapping }, claims)));
        return true;
      } catch (error) {
        if (!(error instanceof Problem)) logger.error({ err: error }, "single sign-on failed");
        // A code, not a sentence: the page must not show whatever text a link carries.
        return `/sign-in?error=${error instanceof Problem && error.code === "forbidden" ? "AccessDenied" : "Callback"}`;
      }
    },
    jwt({ token, user }) {
      const signedIn = signedInOf(user);
      return signedIn ? { name: signedIn.name, email: signedIn.email, ...tokenFor(signedIn, clock.now()) } : token;
    },
    session({ session, token }) {
      const live = readSessionToken(token, clock.now());
      return live ? { ...session, gantry: live } : session;
    },
  };
}

type SignedInUser = User & { signedIn: SignedIn };

function userFor(signedIn: SignedIn): SignedInUser {
  return { id: signedIn.personId, name: signedIn.name, email: signedIn.email, signedIn };
}

function signedInOf(user: User | undefined): SignedIn | null {
  return user && "signedIn" in user ? (user as SignedInUser).signedIn : null;
}

/** next-auth passes the message of an error on to the page that asked. */
async function asUser(signingIn: Promise<SignedIn>): Promise<SignedInUser> {
  try {
    return userFor(await signingIn);
  } catch (error) {
    if (error instanceof Problem) throw error;
    logger.error({ err: error }, "signing in failed");
    throw new Error("Something went wrong on our side. Try again in a moment.", { cause: error });
  }
}

import NextAuth from "next-auth";
import { authOptions } from "#server/auth/session-actor.ts";

export const dynamic = "force-dynamic";

type Handler = (request: Request, context: unknown) => Promise<Response>;

const handle: Handler = (request, context) => (NextAuth(authOptions()) as Handler)(request, context);

export { handle as GET, handle as POST };

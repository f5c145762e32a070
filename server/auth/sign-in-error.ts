import { Problem } from "#server/errors.ts";

/** What a failed sign-in is called on its way through next-auth to the sign-in page (`?error=…`). */
export function signInErrorCode(error: unknown): string {
  if (!(error instanceof Problem)) return "unexpected";
  const seconds = error.details?.seconds;
  return typeof seconds === "number" ? `${error.code}.${seconds}` : error.code;
}

/** The sentence for such a code; also for the codes that next-auth makes itself. */
export function signInErrorText(code: string): string {
  const [kind, seconds] = code.split(".");
  if (kind === "rate_limited") return `Too many tries. Wait ${waitText(Number(seconds))} and try again.`;
  return texts[kind as keyof typeof texts] ?? "Signing in did not work. Try again.";
}

const texts = {
  unauthenticated: "E-mail and password do not fit together.",
  forbidden: "This account may not sign in here.",
  conflict:
    "This e-mail belongs to an account that single sign-on may not take over. Sign in with the password, or ask an account admin.",
  bad_input: "The identity provider sent no usable e-mail address. Ask whoever runs it.",
  AccessDenied: "This account may not sign in here.",
  OAuthSignin: "The identity provider cannot be reached. Try again, or ask whoever runs it.",
  OAuthCallback: "The identity provider refused, or its answer could not be checked. Try again.",
  Configuration: "Signing in is not set up correctly. The server's log says what is missing.",
} as const;

function waitText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return "a moment";
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

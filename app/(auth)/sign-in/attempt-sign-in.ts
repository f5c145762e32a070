import { signIn } from "next-auth/react";

const known: Record<string, string> = {
  CredentialsSignin:
    "E-mail and password do not match an account. Check both, or ask an administrator for a new password.",
  rate_limited: "Too many attempts for this address. Wait 15 minutes, then try again.",
  AccessDenied: "Your account may not sign in here. Ask an administrator to add you to a space.",
  SessionRequired: "Sign in to go on.",
  Callback: "The sign-on service answered, but not with somebody we know. Ask an administrator.",
  OAuthSignin: "The sign-on service could not be reached. Try again in a moment.",
  OAuthCallback: "The sign-on service did not confirm who you are. Try again.",
};

/** The sentence of a known code; anybody can write a link, so that nothing else of an address is shown. */
export function knownRefusal(code: string): string {
  const sentence = Object.hasOwn(known, code) ? known[code] : undefined;
  return sentence ?? "Signing in did not work. Try again in a moment.";
}

/** A sentence from the server's own answer is shown as it is, a code as its sentence. */
function refusalSentence(code: string): string {
  return code.includes(" ") ? code : knownRefusal(code);
}

/** Tries to sign in; gives the sentence to show when it was refused, nothing when it worked. */
export async function attemptSignIn(provider: string, fields: Record<string, string>): Promise<string | undefined> {
  try {
    const answer = await signIn(provider, { ...fields, redirect: false });
    return answer?.ok && !answer.error ? undefined : refusalSentence(answer?.error ?? "unknown");
  } catch {
    return "The portal did not answer. Check the connection and try again.";
  }
}

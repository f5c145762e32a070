/** A portal as a program sees it that acts for people: signs demo accounts in and calls procedures with their session. */

export type Answer = { status: number; data: Record<string, unknown> };

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);

/** Signs a demo account in; gives the cookies of its session. */
export async function signIn(url: string, email: string): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, json: "true" });
  const headers = { cookie: cookiesOf(csrf).join("; "), origin: url };
  const answer = await fetch(`${url}/api/auth/callback/demo`, { method: "POST", headers, body, redirect: "manual" });
  return cookiesOf(answer).join("; ");
}

async function read(response: Response): Promise<Answer> {
  const { result, error } = (await response.json()) as {
    result?: { data: { json?: Record<string, unknown> } };
    error?: { json: Record<string, unknown> };
  };
  return { status: response.status, data: result?.data.json ?? error?.json ?? {} };
}

/** Calls a procedure that changes something. Rejects when the connection dies before the answer. */
export async function callPortal(
  { url, cookie }: { url: string; cookie: string },
  procedure: string,
  input: unknown,
): Promise<Answer> {
  const headers = { cookie, origin: url, "content-type": "application/json" };
  const body = JSON.stringify({ json: input });
  return read(await fetch(`${url}/api/trpc/${procedure}`, { method: "POST", headers, body }));
}

/** Asks a procedure that only reads. */
export async function askPortal(
  { url, cookie }: { url: string; cookie: string },
  procedure: string,
  input: unknown,
): Promise<Answer> {
  const query = encodeURIComponent(JSON.stringify({ json: input }));
  return read(await fetch(`${url}/api/trpc/${procedure}?input=${query}`, { headers: { cookie } }));
}

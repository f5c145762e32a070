/** A signed-in browser, as far as HTTP sees it. */
export type Session = { url: string; cookie: string };

/** Signs a demo account in. */
export async function signIn(url: string, account: string): Promise<Session> {
  const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email: `${account}@demo.gantry.example`, json: "true" });
  const headers = { cookie: cookiesOf(asked).join("; "), origin: url };
  const answer = await fetch(`${url}/api/auth/callback/demo`, { method: "POST", headers, body, redirect: "manual" });
  return { url, cookie: cookiesOf(answer).join("; ") };
}

/** Reads a page or a procedure's answer to its last byte; throws on anything but 200. */
export async function read({ url, cookie }: Session, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: "manual" });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 400)}`);
  return text;
}

/** The address of a procedure with its input, as the browser's client asks. */
export function procedurePath(name: string, input: object, dates: readonly string[] = []): string {
  const values = Object.fromEntries(dates.map((field) => [field, ["Date"]]));
  const asked = dates.length > 0 ? { json: input, meta: { values } } : { json: input };
  return `/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(asked))}`;
}

/** A procedure's answer. */
export async function ask<T>(session: Session, name: string, input: object): Promise<T> {
  const text = await read(session, procedurePath(name, input));
  return (JSON.parse(text) as { result: { data: { json: T } } }).result.data.json;
}

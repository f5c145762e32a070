// `npm run rehearse:launches -- <portal url> [<second url>]`: rounds of 200 launches at once by one owner, spread over the
// given web processes of one portal with demo accounts, under the limit of its policy. Prints what was admitted in each
// round, and ends with 1 unless it is exactly the limit, every time, with clean refusals.
import { randomUUID } from "node:crypto";

const [first, ...others] = process.argv.slice(2);
if (!first) {
  console.error("Usage: npm run rehearse:launches -- <portal url> [<second url>]");
  process.exit(2);
}
const portals = [first, ...others];
const rounds = 10;
const launches = 200;
const limit = 5;
const owner = "maya@demo.gantry.example";

type Answer = { status: number; word?: string; environmentId?: string };

async function signIn(url: string): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookies = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const body = new URLSearchParams({ csrfToken, email: owner, json: "true" });
  const headers = { cookie: cookies(csrf).join("; "), origin: url };
  const answer = await fetch(`${url}/api/auth/callback/demo`, { method: "POST", headers, body, redirect: "manual" });
  return cookies(answer).join("; ");
}

async function call(url: string, cookie: string, procedure: string, input: unknown): Promise<Answer> {
  const headers = { cookie, origin: url, "content-type": "application/json" };
  const response = await fetch(`${url}/api/trpc/${procedure}`, {
    method: "POST",
    headers,
    body: JSON.stringify({ json: input }),
  });
  const answer = (await response.json()) as { result?: { data: { json: Omit<Answer, "status"> } } };
  return { status: response.status, ...answer.result?.data.json };
}

function launchOf(round: number, index: number) {
  return {
    space: "payments",
    blueprintName: "kubernetes-namespace",
    name: `rehearsal-${round}-${index}`,
    inputs: {},
    durationMinutes: 60,
    idempotencyKey: randomUUID(),
  };
}

async function clear(url: string, cookie: string): Promise<void> {
  const input = encodeURIComponent(
    JSON.stringify({
      json: {
        space: "payments",
        owner: "me",
        state: ["queued", "awaiting_approval", "launching", "active"],
        limit: 200,
      },
    }),
  );
  const headers = { cookie };
  const listed = (await (await fetch(`${url}/api/trpc/environment.list?input=${input}`, { headers })).json()) as {
    result: { data: { json: { items: { id: string; state: string }[] } } };
  };
  for (const { id, state } of listed.result.data.json.items) {
    const isWaiting = state === "queued" || state === "awaiting_approval";
    const taken = isWaiting ? await call(url, cookie, "environment.withdraw", { environmentId: id }) : { status: 409 };
    if (taken.status !== 200) await call(url, cookie, "environment.terminate", { environmentId: id });
  }
}

/** Environments of the owner that still take a place. */
async function taken(url: string, cookie: string): Promise<number> {
  const input = encodeURIComponent(
    JSON.stringify({
      json: {
        space: "payments",
        owner: "me",
        state: [
          "awaiting_approval",
          "queued",
          "launching",
          "active",
          "updating",
          "ending",
          "launch_failed",
          "leftovers",
        ],
      },
    }),
  );
  const listed = (await (
    await fetch(`${url}/api/trpc/environment.list?input=${input}`, { headers: { cookie } })
  ).json()) as { result: { data: { json: { total: number } } } };
  return listed.result.data.json.total;
}

const sessions = await Promise.all(portals.map(async (url) => ({ url, cookie: await signIn(url) })));
const home = sessions[0]!;
let isExact = true;
for (let round = 1; round <= rounds; round++) {
  await clear(home.url, home.cookie);
  for (let waited = 0; (await taken(home.url, home.cookie)) > 0 && waited < 120; waited++)
    await new Promise((resolve) => setTimeout(resolve, 500));
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: launches }, (_, index) => {
      const { url, cookie } = sessions[index % sessions.length]!;
      return call(url, cookie, "environment.launch", launchOf(round, index));
    }),
  );
  const admitted = answers.filter(({ word }) => word === "Approved" || word === "Manual").length;
  const refused = answers.filter(({ word }) => word === "Denied").length;
  isExact &&= admitted === limit && refused === launches - limit;
  console.log(
    `round ${round}: ${admitted} admitted, ${refused} refused, ${launches - admitted - refused} otherwise, ${Math.round(performance.now() - began)} ms`,
  );
}
await clear(home.url, home.cookie);
console.log(isExact ? `${rounds} rounds, exactly ${limit} of ${launches} each time` : "NOT exact");
process.exit(isExact ? 0 : 1);

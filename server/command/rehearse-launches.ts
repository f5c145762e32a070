// `npm run rehearse:launches -- <portal url> [<second url>]`: rounds of 200 launches at once by one owner, spread over the
// given web processes of one portal with demo accounts, under the limit of its policy. Prints what was admitted in each
// round, and ends with 1 unless it is exactly the limit, every time, with clean refusals.
import { randomUUID } from "node:crypto";
import { askPortal, callPortal, signIn } from "./portal-client.ts";

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

type Session = { url: string; cookie: string };

async function list(at: Session, state: string[]) {
  const { data } = await askPortal(at, "environment.list", { space: "payments", owner: "me", state, limit: 200 });
  return data as { items: { id: string; state: string }[]; total: number };
}

async function clear(at: Session): Promise<void> {
  const { items } = await list(at, ["queued", "awaiting_approval", "launching", "active"]);
  for (const { id: environmentId, state } of items) {
    const isWaiting = state === "queued" || state === "awaiting_approval";
    const { status } = isWaiting ? await callPortal(at, "environment.withdraw", { environmentId }) : { status: 409 };
    if (status !== 200) await callPortal(at, "environment.terminate", { environmentId });
  }
}

/** Environments of the owner that still take a place. */
async function taken(at: Session): Promise<number> {
  const waiting = ["awaiting_approval", "queued", "launching"];
  return (await list(at, [...waiting, "active", "updating", "ending", "launch_failed", "leftovers"])).total;
}

const sessions = await Promise.all(portals.map(async (url) => ({ url, cookie: await signIn(url, owner) })));
const home = sessions[0]!;
let isExact = true;
for (let round = 1; round <= rounds; round++) {
  await clear(home);
  for (let waited = 0; (await taken(home)) > 0 && waited < 120; waited++)
    await new Promise((resolve) => setTimeout(resolve, 500));
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: launches }, (_, index) => {
      const session = sessions[index % sessions.length]!;
      return callPortal(session, "environment.launch", launchOf(round, index));
    }),
  );
  const admitted = answers.filter(({ data }) => data.word === "Approved" || data.word === "Manual").length;
  const refused = answers.filter(({ data }) => data.word === "Denied").length;
  isExact &&= admitted === limit && refused === launches - limit;
  console.log(
    `round ${round}: ${admitted} admitted, ${refused} refused, ${launches - admitted - refused} otherwise, ${Math.round(performance.now() - began)} ms`,
  );
}
await clear(home);
console.log(isExact ? `${rounds} rounds, exactly ${limit} of ${launches} each time` : "NOT exact");
process.exit(isExact ? 0 : 1);

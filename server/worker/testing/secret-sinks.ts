import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { secretForms } from "#server/secret/secret-forms.ts";
import { createTextMatcher } from "#server/secret/text-matcher.ts";
import type { Canaries, Canary } from "./planted-secrets.ts";

/** One place where a secret could have been left: how much of it was searched, and what was found. */
export type Sink = { name: string; bytes: number; found: string[] };

/** Looks for every planted secret, plain, base64 at each offset, hex, percent-encoded and escaped. */
export function openSearch(canaries: Canaries) {
  const sinks = new Map<string, Sink>();
  const all = createTextMatcher(secretForms(Object.values(canaries)));
  const known = (Object.entries(canaries) as [Canary, string][]).map(([canary, value]) => {
    const matcher = createTextMatcher(secretForms([value]));
    return { canary, matcher };
  });
  const search = (name: string, text: string, where = "") => {
    const sink = sinks.get(name) ?? { name, bytes: 0, found: [] };
    sinks.set(name, sink);
    sink.bytes += text.length;
    if (firstMatch(all, text) === null) return;
    for (const { canary, matcher } of known) {
      const at = firstMatch(matcher, text);
      if (at !== null)
        sink.found.push(`${canary}${where ? ` in ${where}` : ""}: …${text.slice(Math.max(0, at - 80), at + 8)}…`);
    }
  };
  return { search, sinks: () => [...sinks.values()] };
}
export type Search = ReturnType<typeof openSearch>["search"];

/** Where a match ends. */
function firstMatch(matcher: ReturnType<typeof createTextMatcher>, text: string): number | null {
  let state = matcher.start;
  for (let at = 0; at < text.length; at++) {
    state = matcher.next(state, text.charCodeAt(at));
    if (matcher.matched(state) > 0) return at;
  }
  return null;
}

/** Every row of every table as text; what is stored as bytes is decoded too. */
export async function searchDatabase(search: Search, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      for (const { row } of rows) {
        search("database", row, name);
        for (const [bytes] of row.matchAll(/\\x[0-9a-f]{8,}/g))
          search("database", Buffer.from(bytes.slice(2), "hex").toString("latin1"), `${name} (bytes)`);
      }
    }
  } finally {
    await client.end();
  }
}

const largestFile = 50_000_000;

/** Every file below a folder, names included. Programs that were installed there are left out. */
export function searchFolder(search: Search, name: string, folder: string): void {
  search(name, "");
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = path.join(folder, entry);
    const status = fs.lstatSync(file, { throwIfNoEntry: false });
    search(name, entry, "the name of a file");
    if (status?.isFile() && status.size < largestFile) search(name, fs.readFileSync(file, "latin1"), entry);
  }
}

const read = (file: string) => {
  try {
    return fs.readFileSync(file, "latin1");
  } catch {
    return "";
  }
};

/** Looks, as long as it runs, at the command lines of all processes, and at the environment of those named `watched`. */
export function watchProcesses(search: Search, isWatched: (commandLine: string) => boolean): { end(): void } {
  const look = () => {
    for (const pid of fs.readdirSync("/proc")) {
      if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
      const commandLine = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
      search("command lines of processes", commandLine);
      if (isWatched(commandLine)) search("environment of worker and web processes", read(`/proc/${pid}/environ`));
    }
  };
  const timer = setInterval(look, 100);
  return { end: () => clearInterval(timer) };
}

/** What is announced to open pages, until told to stop. */
export async function listen(search: Search, url: string, channel: string): Promise<{ end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`listen ${channel}`);
  client.on("notification", ({ payload }) => search("live announcements", payload ?? ""));
  return { end: () => client.end() };
}

/** A table of what was searched, for the log of the rehearsal. */
export function tell(sinks: readonly Sink[], canaries: number): string {
  const line = ({ name, bytes, found }: Sink) =>
    `${name.padEnd(44)}${(bytes / 1e3).toFixed(1).padStart(12)} kB  ${found.length === 0 ? "nothing" : `${found.length} FOUND`}`;
  return ["", ...sinks.map(line), `${sinks.length} sinks × ${canaries} planted secrets`].join("\n");
}

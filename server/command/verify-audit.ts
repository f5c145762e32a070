// `npm run audit:verify -- export.jsonl [--checkpoints file-or-folder] [--key public.pem]`: checks an exported audit trail
// without any server. Exit code 0: consistent; 1: not; 2: the files could not be read.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { keyIdOf } from "#server/audit/audit-key.ts";
import { type VerifyReport, verifyExport } from "#server/audit/verify.ts";

const usage = `Usage: npm run audit:verify -- <export.jsonl> [--checkpoints <file or folder>]... [--key <public key.pem>]...

  --checkpoints  checkpoint log (audit-checkpoints.log) that was kept elsewhere, or a folder of such files
  --key          public key to trust (audit-key.pub.pem); without it the keys inside the export are used`;

/** The file's lines as bytes, without their ends. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let from = 0;
    for (let to = bytes.indexOf(10, from); to >= 0; to = bytes.indexOf(10, from)) {
      yield bytes.subarray(from, to);
      from = to + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield rest;
}

function readCheckpoints(name: string): string[] {
  const files = fs.statSync(name).isDirectory() ? fs.readdirSync(name).map((file) => path.join(name, file)) : [name];
  return files.flatMap((file) => fs.readFileSync(file, "utf8").split("\n").filter(Boolean));
}

function readKey(file: string): string {
  const key = fs.readFileSync(file, "utf8");
  keyIdOf(key);
  return key;
}

function summary({ events, withheld, from, to, head, checkpoints }: VerifyReport): string {
  const count = new Intl.NumberFormat("en").format(events + withheld);
  const hidden = withheld > 0 ? ` (${new Intl.NumberFormat("en").format(withheld)} withheld)` : "";
  return `${count} events${hidden}, ${from}…${to}, head ${head}, ${checkpoints} checkpoints`;
}

function print(report: VerifyReport): number {
  for (const notice of report.notices) console.log(`Note: ${notice}`);
  const [first] = report.faults;
  if (!first) {
    console.log(`${summary(report)}, all consistent`);
    return 0;
  }
  console.error(`${summary(report)}`);
  console.error(
    `NOT consistent. First bad event: ${first.seq === 0 ? "none, but what frames them" : first.seq} (${first.kind})`,
  );
  for (const { seq, kind, message } of report.faults.slice(0, 20)) console.error(`  ${seq}  ${kind}: ${message}`);
  if (report.faults.length > 20) console.error(`  … and ${report.faults.length - 20} more`);
  return 1;
}

async function main(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        checkpoints: { type: "string", multiple: true, default: [] },
        key: { type: "string", multiple: true, default: [] },
      },
    });
    const [file, ...others] = positionals;
    if (!file || others.length > 0) throw new Error(usage);
    const checkpoints = values.checkpoints.flatMap(readCheckpoints);
    const keys = values.key.map(readKey);
    return print(await verifyExport(linesOf(file), { checkpoints, keys }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}

process.exitCode = await main();

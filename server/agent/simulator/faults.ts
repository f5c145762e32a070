import { Problem } from "#server/errors.ts";
import { chance } from "./chance.ts";

/** A failure that was asked for: `create:aws_db_instance.*:2` fails the first two tries of each such resource. */
export type Fault = { verb: "plan" | "create" | "destroy"; address: RegExp; tries: number };

const form = /^(plan|create|destroy)(?::([^:]{1,200}))?(?::(\d{1,4}))?$/;

/** Reads a list of faults, separated by commas or blanks. */
export function parseFaults(text: string): Fault[] {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== "" && word !== "none")
    .map((word) => {
      const [, verb, pattern = "*", tries] = form.exec(word) ?? [];
      if (!verb)
        throw new Problem("bad_input", `The simulator does not understand the failure ${JSON.stringify(word)}.`, {
          remedy:
            "Write plan, create or destroy, then optionally an address pattern and a number of tries: create:aws_db_instance.*:2",
        });
      return { verb: verb as Fault["verb"], address: globPattern(pattern), tries: tries ? Number(tries) : Infinity };
    });
}

/** Why this try fails, or null when it goes well. `rate` is the share that fails by chance. */
export function faultOf(
  faults: readonly Fault[],
  doing: { verb: Fault["verb"]; address: string; attempt: number; seed: string; rate: number },
): string | null {
  const { verb, address, attempt, seed, rate } = doing;
  if (faults.some((fault) => fault.verb === verb && fault.address.test(address) && attempt <= fault.tries))
    return `Simulated failure, as asked for: ${verb} ${address}`;
  if (rate > 0 && chance(seed, verb, attempt) < rate) return `Simulated failure, by chance: ${verb} ${address}`;
  return null;
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replace(/\*+/g, ".*");
  return new RegExp(`^${escaped}$`);
}

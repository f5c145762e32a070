import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { GrainStep } from "#server/grain/driver.ts";
import { writeFile } from "#server/grain/work-folder.ts";
import { readPlan } from "#server/plan/read-plan.ts";
import { runTerraform } from "./run-terraform.ts";
import { probeName } from "./terraform-folder.ts";
import type { Tools } from "./terraform-state.ts";

const search = "aws_resourcegroupstaggingapi_resources";

const namePrefix = "gantry_probe_";
const Mappings = z.array(
  z.object({
    resource_arn: z.string(),
    tags: z
      .record(z.string(), z.string())
      .nullish()
      .transform((tags) => tags ?? {}),
  }),
);

export type Tagged = { arn: string; tags: Record<string, string>; provider: string };
export type Findings = {
  /** By address: what stands under the id that was asked for. */
  seen: Map<string, Record<string, unknown>>;
  /** Addresses under whose id the provider finds nothing. */
  absent: Set<string>;
  /** What bears the environment's tag; null where the search itself did not work. */
  tagged: Tagged[] | null;
};
type Question = {
  imports: readonly { address: string; id: string }[];
  /** The AWS provider configurations to search with: `aws`, `aws.west`; none means no search. */
  searchWith: readonly string[];
};

/**
 * Reads from the cloud what the state does not know, by a plan that is thrown away: nothing is changed. What can't be read
 * is neither seen nor absent.
 */
export async function probe(step: GrainStep, tools: Tools, question: Question): Promise<Findings> {
  const file = path.join(tools.folder.module, probeName);
  const planFile = `${tools.folder.planFile}.probe`;
  const findings: Findings = { seen: new Map(), absent: new Set(), tagged: null };
  const searches = question.searchWith.map((provider, index) => ({ provider, name: `${namePrefix}${index}` }));
  const targets = [
    ...question.imports.map(({ address }) => address),
    ...searches.map(({ name }) => `data.${search}.${name}`),
  ];
  if (targets.length === 0) return findings;
  writeFile(file, JSON.stringify(probeModule(step, question, searches)));
  try {
    const flags = ["-input=false", "-no-color", "-json", "-lock=false", `-out=${planFile}`];
    const chosen = targets.map((target) => `-target=${target}`);
    const variables = tools.folder.variableFiles.map((name) => `-var-file=${name}`);
    await runTerraform(step, ["plan", ...flags, ...chosen, ...variables], {
      ...tools,
      follow: ({ diagnostic }) => {
        const [, quoted] =
          /^While attempting to import .* to (".*"), the provider detected/s.exec(diagnostic?.detail ?? "") ?? [];
        if (quoted) findings.absent.add(JSON.parse(quoted) as string);
        if (diagnostic?.severity === "error" && !quoted) step.log("debug", `Looking: ${diagnostic.summary}`);
      },
    });
    // A plan with errors is saved too, with all that could be read.
    if (!fs.existsSync(planFile)) return findings;
    const shown = await runTerraform(step, ["show", "-json", planFile], tools);
    if (shown.code === 0) readFindings(findings, shown.stdout, question);
    return findings;
  } finally {
    fs.rmSync(file, { force: true });
    fs.rmSync(planFile, { force: true });
  }
}

function probeModule(step: GrainStep, { imports }: Question, searches: { provider: string; name: string }[]): object {
  const tag = { key: "gantry-environment", values: [step.tags["gantry-environment"]] };
  const data = Object.fromEntries(searches.map(({ provider, name }) => [name, { provider, tag_filter: [tag] }]));
  return {
    ...(imports.length > 0 && { import: imports.map(({ address, id }) => ({ to: address, id })) }),
    ...(searches.length > 0 && { data: { [search]: data } }),
  };
}

function readFindings(findings: Findings, text: string, { imports, searchWith }: Question): void {
  const plan = readPlan(text);
  for (const { address, change } of plan.resource_changes)
    if (imports.some((wanted) => wanted.address === address) && change.before && typeof change.before === "object")
      findings.seen.set(address, change.before as Record<string, unknown>);
  const answers = (plan.prior_state?.values?.root_module?.resources ?? []).filter(({ type }) => type === search);
  if (searchWith.length === 0 || answers.length < searchWith.length) return;
  const found = answers.flatMap(({ name, values }) => {
    const provider = searchWith[Number(name.slice(namePrefix.length))] ?? "aws";
    return Mappings.parse(values.resource_tag_mapping_list).map(({ resource_arn: arn, tags }) => ({
      arn,
      tags,
      provider,
    }));
  });
  // Two configurations of one region find the same.
  findings.tagged = [...new Map(found.map((one) => [one.arn, one])).values()];
}

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

import { type ExtraPrices, missingId } from "#server/cost/component.ts";
import type { FoundPrice } from "#server/cost/price-book/price-book.ts";
import type { PriceRequest, PriceSource } from "./price-source.ts";

const run = promisify(execFile);
const largestOutput = 64 * 1024 * 1024;

const CostComponent = z.object({
  name: z.string(),
  price: z.string().nullish(),
  priceNotFound: z.boolean().nullish(),
});
type CostComponent = z.infer<typeof CostComponent>;

interface Priced {
  name: string;
  costComponents?: CostComponent[] | null | undefined;
  subresources?: Priced[] | null | undefined;
}
const Priced: z.ZodType<Priced> = z.lazy(() =>
  z.object({
    name: z.string(),
    costComponents: z.array(CostComponent).nullish(),
    subresources: z.array(Priced).nullish(),
  }),
);

const Breakdown = z.object({
  timeGenerated: z.string().nullish(),
  projects: z.array(z.object({ breakdown: z.object({ resources: z.array(Priced) }).nullish() })),
});

type Found = FoundPrice & { provider: "infracost-cli" };

function collect(resource: Priced, address: string, group: string[], asOf: string, found: Map<string, Found>): void {
  for (const component of resource.costComponents ?? []) {
    const isPriced = component.price && !component.priceNotFound && Number(component.price) > 0;
    if (!isPriced) continue;
    const ref = {
      table: "infracost",
      sku: component.name,
      region: "",
      asOf,
      source: "infracost-cli",
      precision: "exact",
    } as const;
    found.set(missingId(address, group, component.name), {
      unitPrice: component.price!,
      ref,
      provider: "infracost-cli",
    });
  }
  for (const part of resource.subresources ?? []) collect(part, address, [...group, part.name], asOf, found);
}

/** Unit prices of an Infracost breakdown, by resource and component; what it did not find is left out. */
export function pricesOfBreakdown(json: unknown): ExtraPrices {
  const breakdown = Breakdown.parse(json);
  const asOf = (breakdown.timeGenerated ?? "unknown").slice(0, 10);
  const found = new Map<string, Found>();
  for (const project of breakdown.projects) {
    for (const resource of project.breakdown?.resources ?? []) collect(resource, resource.name, [], asOf, found);
  }
  return found;
}

function readBreakdown(text: string): ExtraPrices {
  try {
    return pricesOfBreakdown(JSON.parse(text));
  } catch {
    throw new Error("the program wrote something other than a breakdown");
  }
}

function wanted(request: PriceRequest, prices: ExtraPrices): ExtraPrices {
  const ids = new Set(request.missing.map((price) => missingId(price.address, price.group, price.component)));
  return new Map([...prices].filter(([id]) => ids.has(id)));
}

export interface InfracostCli {
  /** Path of the `infracost` program. */
  program: string;
  /** Its key and endpoint; nothing else of our environment reaches it. */
  environment: Readonly<Record<string, string>>;
}

/** Says what happened in words that are the same each time, and hold nothing of what the program printed. */
function failureOf(error: unknown): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code === "number") return new Error(`the program ended with exit code ${code}`);
  return code === undefined ? (error as Error) : new Error(`the program cannot be run: ${code}`);
}

function environmentOf(cli: InfracostCli, home: string): NodeJS.ProcessEnv {
  const own = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: home, INFRACOST_SKIP_UPDATE_CHECK: "true" };
  return { ...own, ...cli.environment } as unknown as NodeJS.ProcessEnv;
}

/** Asks an installed Infracost, with the plan in a private folder that is removed again. */
export function infracostCli(cli: InfracostCli): PriceSource {
  return {
    provider: "infracost-cli",
    async findPrices(request, signal) {
      const folder = await mkdtemp(join(tmpdir(), "gantry-cost-"));
      try {
        const plan = join(folder, "plan.json");
        await writeFile(plan, JSON.stringify(request.plan), { mode: 0o600 });
        const { stdout } = await run(cli.program, ["breakdown", "--path", plan, "--format", "json", "--no-color"], {
          cwd: folder,
          env: environmentOf(cli, folder),
          maxBuffer: largestOutput,
          signal,
        }).catch((error: unknown) => {
          throw failureOf(error);
        });
        return wanted(request, readBreakdown(stdout));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

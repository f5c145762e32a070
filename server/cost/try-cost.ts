import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { estimatePlan } from "#server/cost/estimate.ts";
import { planGrain } from "#server/plan/plan-grain.ts";

function walk(d: string, root = d, out: Record<string, string> = {}) {
  for (const n of readdirSync(d)) {
    const p = join(d, n);
    if (statSync(p).isDirectory()) walk(p, root, out);
    else out[relative(root, p)] = readFileSync(p, "utf8");
  }
  return out;
}
for (const name of readdirSync("blueprints")) {
  if (!statSync(join("blueprints", name)).isDirectory()) continue;
  const files = walk(join("blueprints", name));
  const { blueprint } = parseBlueprint(files, { name });
  if (!blueprint) continue;
  for (const grain of blueprint.grains) {
    if (!["terraform", "opentofu"].includes(grain.kind)) continue;
    const inputs = Object.fromEntries(blueprint.inputs.map((i) => [i.name, i.default ?? ""]));
    const render = (t: string) =>
      t
        .replace(/\{\{[^}]*inputs\.(\w+)[^}]*\}\}/g, (_, n) => String(inputs[n] || "demo-one"))
        .replace(/\{\{[^}]*\}\}/g, "demo-one");
    const vars = Object.fromEntries(
      Object.entries(grain.spec.inputs)
        .filter(([, t]) => !/grains/.test(t))
        .map(([n, t]) => [n, render(t)])
        .map(([n, v]) => [n, v === "" && n === "name" ? "demo-one" : v])
        .filter(([, v]) => v !== ""),
    );
    try {
      const region = process.argv[2];
      if (region)
        for (const k of Object.keys(vars)) if (/region|location/.test(k) && blueprint.cloud === "aws") vars[k] = region;
      const plan = await planGrain(grain, { files, variables: vars, defaultTags: {} });
      if (!plan) {
        console.log(name, grain.name, "no plan");
        continue;
      }
      const e = estimatePlan(plan as never);
      console.log(
        name,
        grain.name,
        blueprint.cloud,
        e.total.lower,
        e.total.upper,
        JSON.stringify({ ...e.coverage, byType: 0 }),
      );
      for (const r of e.resources)
        for (const c of r.components)
          if (c.state !== "priced") console.log("     ", r.address, r.region, "|", c.name, "|", c.state, c.note ?? "");
      for (const r of e.resources)
        if (r.components.length === 0 && !["free"].includes(r.state))
          console.log("     ", r.address, r.state, r.reasons.join());
    } catch (error) {
      console.log(name, grain.name, "ERR", String(error).slice(0, 200));
    }
  }
}

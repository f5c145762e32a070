import { expect, test } from "vitest";
import { whereItRuns } from "./where-it-runs.ts";

const forAws = { agent: "simulator" as const, cloud: "aws" as const, grainKinds: ["terraform", "shell"] };
const simulated = { agent: "simulator", connection: null };
const real = { agent: "local", connection: "sandbox" };

test.each([
  ["an AWS blueprint without a connection", forAws, {}, { ...simulated, missesConnectionTo: "aws" }],
  ["with one to another cloud", forAws, { gcp: "sandbox" }, { ...simulated, missesConnectionTo: "aws" }],
  ["with one to AWS", forAws, { aws: "sandbox" }, { ...real, missesConnectionTo: null }],
  [
    "with a grain that only the simulator runs",
    { ...forAws, grainKinds: ["terraform", "helm"] },
    { aws: "sandbox" },
    { ...simulated, missesConnectionTo: null },
  ],
  [
    "for a cluster, which no connection leads to",
    { ...forAws, cloud: "kubernetes" as const },
    { aws: "sandbox" },
    { ...simulated, missesConnectionTo: null },
  ],
  [
    "of this host, whatever is connected",
    { agent: "local" as const, cloud: "host" as const, grainKinds: ["shell"] },
    { aws: "sandbox" },
    { agent: "local", connection: null, missesConnectionTo: null },
  ],
])("%s", (_, blueprint, connections, place) => {
  expect(whereItRuns(blueprint, connections)).toEqual(place);
});

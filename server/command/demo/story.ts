/** One launch of the demo's past: who, what, when, and what became of it. */
export type Chapter = {
  /** Days before today, and the hour of that day (UTC). */
  daysAgo: number;
  hour: number;
  who: string;
  space: "payments" | "data-platform";
  blueprint: string;
  name: string;
  hours: number;
  inputs?: Record<string, string>;
  /** The sentence it was asked for with; the assistant fills the form. */
  prompt?: string;
  /** What people did about it later. A request about which nobody does anything expires. */
  later?: Later[];
};

/** A vote on it, its end before its time, the request taken back, or other limits while it waits. */
export type Later = { afterHours: number; by: string } & (
  | { act: "approve" | "end" | "withdraw" }
  | { act: "reject"; reason: string }
  | { act: "limits"; policy: string; data: Record<string, unknown>; reason: string }
);

type Kind = Pick<Chapter, "blueprint" | "hours"> & { name: string; inputs?: Record<string, string> };

const everyday: Kind[] = [
  { blueprint: "aws-web-service", name: "checkout", hours: 8, inputs: { instance_count: "2" } },
  { blueprint: "staging-stack", name: "ledger-staging", hours: 7 },
  { blueprint: "aws-web-service", name: "refunds", hours: 6, inputs: { region: "eu-west-1" } },
  { blueprint: "aws-static-site", name: "docs-site", hours: 8 },
  { blueprint: "event-pipeline", name: "settlement-events", hours: 8 },
  { blueprint: "aws-workstation", name: "debug-box", hours: 8 },
];
const special: Kind[] = [
  { blueprint: "gpu-training-node", name: "fraud-model", hours: 6 },
  { blueprint: "gcp-analytics", name: "chargeback-study", hours: 8 },
  { blueprint: "kubernetes-namespace", name: "loadtest", hours: 24 },
];
const denied: Kind = { blueprint: "aws-web-service", name: "us-demo", hours: 4, inputs: { region: "us-east-1" } };
const gpu = { blueprint: "gpu-training-node", hours: 6 };
const limits = (most: number, reason: string): Later => ({
  afterHours: 1,
  by: "priya",
  act: "limits",
  policy: "maximum-duration",
  data: { approval_minutes: 480, max_minutes: most * 1440 },
  reason,
});

type Episode = Omit<Chapter, "daysAgo" | "hour">;

/** What did not simply go well, by the workday on which it was asked for. */
const episodes: Record<number, Episode> = {
  1: { space: "data-platform", who: "maya", blueprint: "aws-web-service", name: "forecast-api", hours: 240 },
  2: {
    ...gpu,
    space: "payments",
    who: "maya",
    name: "fraud-features",
    later: [{ afterHours: 2, by: "ari", act: "reject", reason: "Use the shared node until the budget is settled." }],
  },
  4: {
    space: "data-platform",
    who: "dana",
    blueprint: "gcp-analytics",
    name: "cohort-study",
    hours: 30,
    later: [{ afterHours: 3, by: "dana", act: "withdraw" }],
  },
  5: {
    space: "payments",
    who: "dana",
    blueprint: "kubernetes-namespace",
    name: "checkout-soak",
    hours: 24,
    later: [{ afterHours: 2, by: "dana", act: "withdraw" }],
  },
  7: { ...gpu, space: "payments", who: "maya", name: "big-batch", inputs: { instance_type: "p4d.24xlarge" } },
  8: { ...gpu, space: "data-platform", who: "maya", name: "embeddings" },
  10: { ...gpu, space: "payments", who: "dana", name: "risk-scores" },
  11: {
    ...gpu,
    space: "data-platform",
    who: "maya",
    name: "churn-model",
    later: [
      limits(21, "Back-fills of the warehouse need three weeks."),
      { afterHours: 2, by: "ari", act: "approve" },
      { afterHours: 3, by: "ari", act: "approve" },
    ],
  },
  14: {
    ...gpu,
    space: "payments",
    who: "maya",
    name: "chargeback-model",
    later: [
      limits(5, "Nothing in Payments needs more than five days."),
      { afterHours: 2, by: "ari", act: "approve" },
      { afterHours: 3, by: "ari", act: "approve" },
    ],
  },
  17: {
    ...gpu,
    space: "payments",
    who: "dana",
    name: "refund-model",
    later: [{ afterHours: 1, by: "sam", act: "reject", reason: "Customer data may not leave the warehouse for this." }],
  },
};

/** Days of five weeks back from yesterday, without weekends; `today` is a date at midnight UTC. */
function workdays(today: Date, days: number): number[] {
  return Array.from({ length: days }, (_, index) => days - index).filter((ago) => {
    const weekday = new Date(today.getTime() - ago * 86_400_000).getUTCDay();
    return weekday !== 0 && weekday !== 6;
  });
}

/** What happened in the demo's two teams: deterministic, so that two fresh starts tell the same story. */
export function tellStory(today: Date, days: number): Chapter[] {
  const chapters: Chapter[] = workdays(today, days).flatMap((daysAgo, index) => {
    const kind = everyday[index % everyday.length]!;
    const day: Chapter[] = [
      {
        ...kind,
        daysAgo,
        hour: 8,
        who: index % 3 === 0 ? "dana" : "maya",
        space: "payments",
        name: `${kind.name}-${index + 1}`,
        ...(index % 4 === 1 && { later: [{ afterHours: 3, by: index % 3 === 0 ? "dana" : "maya", act: "end" }] }),
      },
    ];
    const episode = episodes[index];
    if (episode) day.push({ ...episode, daysAgo, hour: 9.5, name: `${episode.name}-${index + 1}` });
    if (index % 2 === 0 && episode?.space !== "data-platform") {
      const one = special[(index / 2) % special.length]!;
      const settled = { afterHours: 1 + (index % 3), by: index % 4 === 0 ? "ari" : "sam" };
      const reason = "The data set is not released for this yet.";
      day.push({
        ...one,
        daysAgo,
        hour: 9,
        who: index % 4 === 0 ? "sam" : "ari",
        space: "data-platform",
        name: `${one.name}-${index + 1}`,
        later: [index % 8 === 6 ? { ...settled, act: "reject", reason } : { ...settled, act: "approve" }],
      });
    }
    if (index % 10 === 3)
      day.push({
        ...denied,
        daysAgo,
        hour: 10,
        who: "maya",
        space: "payments",
        name: `${denied.name}-${index + 1}`,
        prompt: "an AWS web service in Virginia for 4 hours",
      });
    return day;
  });
  return [...chapters, ...stillThere()];
}

/** What is there when somebody looks for the first time: running, waiting, and one of last night. */
function stillThere(): Chapter[] {
  return [
    {
      daysAgo: 0,
      hour: 0,
      who: "maya",
      space: "payments",
      blueprint: "aws-web-service",
      name: "checkout-review",
      hours: 8,
      inputs: { instance_count: "2" },
    },
    {
      daysAgo: 0,
      hour: 0.2,
      who: "dana",
      space: "payments",
      blueprint: "staging-stack",
      name: "ledger-staging",
      hours: 8,
    },
    {
      daysAgo: 0,
      hour: 0.4,
      who: "maya",
      space: "payments",
      blueprint: "gpu-training-node",
      name: "fraud-retrain",
      hours: 4,
      prompt: "a GPU training node in Ireland for 4 hours",
    },
    {
      daysAgo: 0,
      hour: 0.6,
      who: "sam",
      space: "data-platform",
      blueprint: "gcp-analytics",
      name: "quarter-close",
      hours: 48,
    },
    ...["pipeline-soak", "warehouse-soak"].map((name, at) => ({
      daysAgo: 0,
      hour: 0.7 + at / 50,
      who: "maya",
      space: "data-platform" as const,
      blueprint: "kubernetes-namespace",
      name,
      hours: 24,
    })),
    {
      daysAgo: 0,
      hour: 0.8,
      who: "ari",
      space: "data-platform",
      blueprint: "event-pipeline",
      name: "click-stream",
      hours: 8,
    },
  ];
}

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
  /** Where people have to decide: who does, after how many hours, and how. Absent: it waits, or expires. */
  decision?: { by: string; afterHours: number; vote: "approve" | "reject"; reason?: string };
  /** Ended by its owner after so many hours, before its end. */
  endAfterHours?: number;
};

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
        ...(index % 4 === 1 && { endAfterHours: 3 }),
      },
    ];
    if (index % 2 === 0) {
      const one = special[(index / 2) % special.length]!;
      const vote = index % 8 === 6 ? ("reject" as const) : ("approve" as const);
      const reason = vote === "reject" ? "The data set is not released for this yet." : "";
      day.push({
        ...one,
        daysAgo,
        hour: 9,
        who: index % 4 === 0 ? "sam" : "ari",
        space: "data-platform",
        name: `${one.name}-${index + 1}`,
        decision: { by: index % 4 === 0 ? "ari" : "sam", afterHours: 1 + (index % 3), vote, reason },
      });
    }
    if (index % 5 === 3)
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

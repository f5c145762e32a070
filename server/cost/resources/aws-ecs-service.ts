import { fixed, hoursPerMonth, type Line } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { scalingTargetOf } from "./appautoscaling.ts";
import { type Copies, copiesOf, exactly } from "./group-of-machines.ts";

type Capacity = "FARGATE" | "FARGATE_SPOT" | null;

function capacityOf(names: readonly (string | undefined)[]): Capacity {
  if (names.includes("FARGATE")) return "FARGATE";
  return names.includes("FARGATE_SPOT") ? "FARGATE_SPOT" : null;
}

function clusterOf(resource: ResourceView): ResourceView | undefined {
  const [referenced] = resource.targets("cluster", "aws_ecs_cluster");
  if (referenced) return referenced;
  const name = resource.isUnknown("cluster") ? undefined : resource.text("cluster");
  return resource.all("aws_ecs_cluster").find((cluster) => name !== undefined && cluster.values.name === name);
}

/** Without a launch type of its own a service starts where its cluster's capacity providers say. */
function clusterCapacity(resource: ResourceView): Capacity {
  const cluster = clusterOf(resource);
  if (!cluster) return null;
  const holders = [cluster, ...cluster.sources("aws_ecs_cluster_capacity_providers")];
  return capacityOf(
    holders.flatMap((holder) => [
      ...holder.blocks("default_capacity_provider_strategy").map((strategy) => strategy.text("capacity_provider")),
      ...holder.list("capacity_providers").filter((name) => typeof name === "string"),
    ]),
  );
}

function launchCapacity(resource: ResourceView): Capacity {
  const type = resource.text("launch_type");
  if (type !== undefined) return type === "FARGATE" ? "FARGATE" : null;
  const strategies = resource.blocks("capacity_provider_strategy");
  if (strategies.length > 0) return capacityOf(strategies.map((strategy) => strategy.text("capacity_provider")));
  return clusterCapacity(resource);
}

function taskDefinitionOf(resource: ResourceView): ResourceView | undefined {
  const [referenced] = resource.targets("task_definition", "aws_ecs_task_definition");
  if (referenced) return referenced;
  for (const set of resource.sources("aws_ecs_task_set")) {
    const [definition] = set.targets("task_definition", "aws_ecs_task_definition");
    if (definition) return definition;
  }
  const family = resource.isUnknown("task_definition") ? undefined : resource.text("task_definition")?.split(":")[0];
  return resource.all("aws_ecs_task_definition").find((item) => family !== undefined && item.values.family === family);
}

/** "2 GB", "2048" and 2048 are one size; so are "1 vCPU" and "1024". */
function sizeOf(value: string | undefined): ReturnType<typeof amount> | null {
  const match = /^\s*([\d.]+)\s*(GB|vCPU)?\s*$/i.exec(value ?? "");
  return match ? amount(match[1]!).div(match[2] ? 1 : 1024) : null;
}

function copies(resource: ResourceView): Copies {
  const desired = resource.number("desired_count");
  const cluster = clusterOf(resource)?.values.name;
  const target = scalingTargetOf(resource, "ecs:service:DesiredCount", `service/${cluster}/${resource.values.name}`);
  const shown = desired ?? target?.min ?? 0;
  if (!target) return exactly(shown, desired === undefined ? "default" : "config");
  const low = Math.min(target.min, shown);
  const high = Math.max(target.max, shown);
  return { shown, low, high, from: "config", note: `${shown} now, ${low} to ${high} as it scales` };
}

function* taskLines(resource: ResourceView, task: ResourceView | undefined, isSpot: boolean): Iterable<Line> {
  const platform = task?.block("runtime_platform")?.text("cpu_architecture");
  const attributes = { arch: platform === "ARM64" ? "arm" : "x86" };
  const owner = resource.type === "aws_eks_fargate_profile" ? resource.type : "aws_ecs_service";
  const part = (name: string, unit: string, perHour: string, quantity: ReturnType<typeof amount> | null): Line => {
    const prices = [
      { type: owner, sku: name, unit, attributes },
      { type: "aws_ecs_service", sku: name, unit: perHour, attributes, times: hoursPerMonth },
    ];
    const line = fixed(name, unit, quantity ?? 0, prices, { billsWhile: "running", isSpot });
    return quantity === null
      ? { ...line, quantity: null, unknown: "the size of the task is not part of the plan" }
      : line;
  };
  yield part("Per GB per hour", "GB", "GB-hours", sizeOf(task?.text("memory")));
  yield part("Per vCPU per hour", "CPU", "vCPU-hours", sizeOf(task?.text("cpu")));
}

export const awsEcsService: PricedType = {
  free: (resource) => (launchCapacity(resource) ? null : "its tasks run on machines that are counted themselves"),
  *lines(resource) {
    const isSpot = launchCapacity(resource) === "FARGATE_SPOT";
    yield* copiesOf(taskLines(resource, taskDefinitionOf(resource), isSpot), copies(resource));
  },
};

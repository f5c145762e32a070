import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

/** The scaling of one dimension of a resource: what it starts from and how far it may go. */
export interface ScalingTarget {
  capacity: number;
  min: number;
  max: number;
}

/** The scaling target of a resource, by reference or by the id it is written with. */
export function scalingTargetOf(
  resource: ResourceView,
  dimension: string,
  resourceId: string,
): ScalingTarget | undefined {
  const pointing = resource.sources("aws_appautoscaling_target");
  const target = resource.all("aws_appautoscaling_target").find((candidate) => {
    const isNamed =
      candidate.targets("resource_id", resource.type).length === 0 && candidate.values.resource_id === resourceId;
    const isSame = pointing.includes(candidate) || isNamed;
    return isSame && candidate.values.scalable_dimension === dimension;
  });
  if (!target) return undefined;
  const min = target.number("min_capacity") ?? 1;
  const max = Math.max(min, target.number("max_capacity") ?? min);
  return { capacity: target.usage.number("capacity") ?? min, min, max };
}

/** The target itself costs nothing; what it scales does, and shows it as a range. */
export const awsAppautoscalingTarget: PricedType = { lines: () => [] };

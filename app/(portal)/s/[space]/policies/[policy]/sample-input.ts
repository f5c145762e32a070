import type { PolicyPackage } from "#server/policy/policy.ts";

const person = {
  owner_email: "maya@example.com",
  space_name: "Payments",
  blueprint_name: "postgres-database",
  blueprint: { name: "postgres-database", labels: [] },
  groups: ["developers"],
  timezone: "UTC",
};

const samples: Record<PolicyPackage, unknown> = {
  "torque.consumption": {
    ...person,
    user_email: "maya@example.com",
    action_identifier: { entity_type: "Blueprint", entity_id: "postgres-database", action_type: "Launch" },
  },
  "torque.environment": {
    ...person,
    duration_minutes: 720,
    inputs: [{ name: "size", value: "large" }],
    action_identifier: { entity_type: "Environment", action_type: "Launch" },
  },
  "torque.terraform_plan": {
    ...person,
    resource_changes: [
      {
        address: "aws_instance.app",
        type: "aws_instance",
        mode: "managed",
        change: {
          actions: ["create"],
          before: null,
          after: { instance_type: "m6i.4xlarge", tags: {} },
          after_unknown: {},
        },
      },
    ],
  },
};

/** A document of the right shape to begin from. */
export function sampleInput(packageName: PolicyPackage): unknown {
  return samples[packageName];
}

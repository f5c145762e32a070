import type { PolicyPackage } from "#server/policy/policy.ts";

type Sample = { source: string; tests: string };

const header = (title: string, name: PolicyPackage) => `# METADATA
# title: ${title}
# description: What it is for, in a sentence.
package ${name}

import rego.v1
`;

/** Something small of each kind to begin from. */
export const draftSamples: Record<PolicyPackage, Sample> = {
  "torque.consumption": {
    source: `${header("Databases for engineers", "torque.consumption")}
result := {"decision": "Approved"} if "engineers" in input.groups

result := {"decision": "Denied", "reason": "Databases are for engineers."} if not "engineers" in input.groups
`,
    tests: `package torque.consumption

import rego.v1

test_engineer if result.decision == "Approved" with input as {"groups": ["engineers"]}

test_other if result.decision == "Denied" with input as {"groups": []}
`,
  },
  "torque.environment": {
    source: `${header("Ten hours at most", "torque.environment")}
limit := 600

result := {"decision": "Approved"} if input.duration_minutes <= limit

result := {"decision": "Manual", "reason": sprintf("%d minutes are more than %d.", [input.duration_minutes, limit])} if {
	input.duration_minutes > limit
}
`,
    tests: `package torque.environment

import rego.v1

test_short if result.decision == "Approved" with input as {"duration_minutes": 60}

test_long if result.decision == "Manual" with input as {"duration_minutes": 720}
`,
  },
  "torque.terraform_plan": {
    source: `${header("No large machines", "torque.terraform_plan")}
deny contains msg if {
	some change in input.resource_changes
	endswith(change.change.after.instance_type, "4xlarge")
	msg := sprintf("%s is larger than a trial needs.", [change.address])
}
`,
    tests: `package torque.terraform_plan

import rego.v1

test_large if count(deny) == 1 with input as {"resource_changes": [{
	"address": "aws_instance.app",
	"change": {"after": {"instance_type": "m6i.4xlarge"}},
}]}
`,
  },
};

/** Small policies of the kinds a portal meets, each with a query and an input. */
export interface BenchPolicy {
  name: string;
  source: string;
  query: string;
  input: unknown;
}

const launch = {
  action_identifier: { action_type: "Launch", entity_type: "Environment" },
  blueprint: {
    name: "web",
    labels: ["tested"],
    grains: [
      { kind: "terraform", name: "db" },
      { kind: "helm", name: "web" },
    ],
  },
  duration_minutes: 300,
  owner_active_environments_in_space: 2,
  space_name: "payments",
  user_email: "dev@example.com",
  groups: ["payments-dev"],
  tags: { owner: "payments", cost_center: "42", env: "dev" },
  region: "eu-west-1",
  blueprint_avg_hourly_cost: 0.42,
};

function policy(name: string, body: string, input: unknown = launch): BenchPolicy {
  return {
    name,
    source: `package torque.environment\n\nimport rego.v1\n\n${body}`,
    query: "data.torque.environment.result",
    input,
  };
}

export const smallPolicies: readonly BenchPolicy[] = [
  policy(
    "duration limit",
    `default result := {"decision": "Denied", "reason": "duration missing"}
result := {"decision": "Approved"} if input.duration_minutes <= 120
result := {"decision": "Manual", "reason": "long"} if { input.duration_minutes > 120; input.duration_minutes <= 480 }
result := {"decision": "Denied", "reason": "too long"} if input.duration_minutes > 480`,
  ),
  policy(
    "active environments",
    `limit := 5
result := {"decision": "Approved"} if input.owner_active_environments_in_space + 1 <= limit
result := {"decision": "Denied", "reason": sprintf("limit of %d reached", [limit])} if input.owner_active_environments_in_space + 1 > limit`,
  ),
  policy(
    "grain kinds",
    `allowed := {"terraform", "helm", "kubernetes"}
bad := {g.name | some g in input.blueprint.grains; not g.kind in allowed}
result := {"decision": "Approved"} if count(bad) == 0
result := {"decision": "Denied", "reason": concat(", ", bad)} if count(bad) > 0`,
  ),
  policy(
    "required tags",
    `required := {"owner", "cost_center", "env"}
missing := required - object.keys(input.tags)
result := {"decision": "Approved"} if count(missing) == 0
result := {"decision": "Denied", "reason": concat(", ", missing)} if count(missing) > 0`,
  ),
  policy(
    "regions",
    `allowed := ["eu-west-1", "eu-north-1", "eu-central-1"]
default result := {"decision": "Denied", "reason": "region"}
result := {"decision": "Approved"} if input.region in allowed`,
  ),
  policy(
    "roles",
    `grants := {"payments-dev": ["launch", "extend"], "payments-admin": ["launch", "extend", "terminate"]}
default result := {"decision": "Denied", "reason": "role"}
result := {"decision": "Approved"} if { some group in input.groups; "launch" in grants[group] }`,
  ),
  policy(
    "cost",
    `hours := input.duration_minutes / 60
cost := hours * input.blueprint_avg_hourly_cost
result := {"decision": "Approved"} if cost < 10
result := {"decision": "Manual", "reason": "cost"} if cost >= 10`,
  ),
  policy(
    "e-mail domain",
    `default result := {"decision": "Denied", "reason": "domain"}
result := {"decision": "Approved"} if endswith(lower(input.user_email), "@example.com")`,
  ),
  policy(
    "labels",
    `default result := {"decision": "Manual", "reason": "untested blueprint"}
result := {"decision": "Approved"} if { some label in input.blueprint.labels; label == "tested" }`,
  ),
  policy(
    "every grain named",
    `default result := {"decision": "Denied", "reason": "names"}
result := {"decision": "Approved"} if { every grain in input.blueprint.grains { regex.match("^[a-z0-9-]+$", grain.name) } }`,
  ),
];

/** Tags, regions and instance types over a Terraform plan. */
export const planPolicy = `package torque.terraform_plan

import rego.v1

required_tags := {"Owner", "CostCenter", "Environment"}

taggable(r) if r.change.after.tags

deny contains msg if {
	some r in input.resource_changes
	is_created(r)
	missing := required_tags - {name | some name, _ in object.get(r.change.after, "tags", {})}
	taggable(r)
	count(missing) > 0
	msg := sprintf("%s: missing tags %s", [r.address, concat(", ", sort(missing))])
}

allowed_regions := {"eu-west-1", "eu-north-1"}

deny contains msg if {
	some r in input.resource_changes
	is_created(r)
	zone := r.change.after.availability_zone
	region := substring(zone, 0, count(zone) - 1)
	not region in allowed_regions
	msg := sprintf("%s: region %s is not allowed", [r.address, region])
}

allowed_types := {"t3.micro", "t3.small", "t3.medium", "m5.large"}

deny contains msg if {
	some r in input.resource_changes
	is_created(r)
	r.type in {"aws_instance", "aws_launch_template"}
	type := r.change.after.instance_type
	not type in allowed_types
	msg := sprintf("%s: instance type %s is not allowed", [r.address, type])
}

deny contains msg if {
	some r in input.resource_changes
	r.type == "aws_s3_bucket"
	r.change.after.acl == "public-read"
	msg := sprintf("%s: public bucket", [r.address])
}

is_created(r) if {
	some action in r.change.actions
	action in {"create", "update"}
}
`;

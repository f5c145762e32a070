# METADATA
# title: Planned regions
# description: Holds the regions that a plan would really use, from providers and resources, against the allowed regions.
# custom:
#   data_from: allowed-regions
package torque.terraform_plan

deny contains {
	"msg": sprintf("The plan uses the region %v (%v), which is not allowed here.", [region, shown(places)]),
	"rule": "planned-regions",
	"limit": {"path": "data.allowed_regions", "value": data.allowed_regions},
	"allowed": data.allowed_regions,
	"slot": "region",
} if {
	some region in {used.region | some used in regions}
	not permitted(region)
	places := [used.path | some used in regions; used.region == region]
}

shown(places) := concat(", ", places) if count(places) <= 3

shown(places) := sprintf("%v and %v more", [concat(", ", array.slice(places, 0, 3)), count(places) - 3]) if count(places) > 3

regions contains {"region": region, "path": sprintf("provider %v", [name])} if {
	some name, provider in input.configuration.provider_config
	region := chosen(provider.expressions.region)
}

regions contains {"region": region, "path": change.address} if {
	some change in input.resource_changes
	not "delete" in change.change.actions
	some key in ["location", "region"]
	region := change.change.after[key]
	is_string(region)
	not startswith(change.type, "aws_s3_")
}

# What the portal worked out of the provider's own expression, data sources that a real plan has read included.
regions contains {"region": region, "path": sprintf("provider %v", [name])} if {
	some name, provider in input.gantry.plan.providers
	region := provider.values.region
	is_string(region)
}

regions contains {"region": regex.replace(zone, "[a-z]$", ""), "path": change.address} if {
	some change in input.resource_changes
	not "delete" in change.change.actions
	zone := change.change.after.availability_zone
	is_string(zone)
	regex.match(`^[a-z]{2}(-[a-z]+)+-[0-9]+[a-z]$`, zone)
}

hidden contains name if {
	some name, provider in input.gantry.plan.providers
	provider.name == "aws"
	not is_string(object.get(provider.values, "region", null))
}

deny contains {
	"msg": sprintf("The region of provider %v can't be told from the plan.", [name]),
	"rule": "unknown-region",
	"limit": {"path": "data.allowed_regions", "value": data.allowed_regions},
	"hint": "Set the region by an input, a plain value or a data source that is read before the plan.",
} if {
	input.gantry.plan.source == "real"
	some name in hidden
}

warn contains {
	"msg": sprintf("The region of provider %v is only known once Terraform has planned; it is judged again then.", [name]),
	"rule": "unknown-region",
} if {
	input.gantry.plan.source == "static"
	some name in hidden
}

chosen(expression) := expression.constant_value

chosen(expression) := input.variables[name].value if {
	not expression.constant_value
	some reference in expression.references
	startswith(reference, "var.")
	name := trim_prefix(reference, "var.")
}

permitted(region) if lower(replace(region, " ", "")) in {lower(allowed) | some allowed in data.allowed_regions}

permitted(region) if lower(region) in {"global", ""}

permitted(region) if {
	some allowed in data.allowed_regions
	startswith(lower(region), sprintf("%v-", [lower(allowed)]))
}

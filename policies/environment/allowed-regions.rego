# METADATA
# title: Allowed regions
# description: The cloud regions that this space may use, for every input that chooses a region.
# custom:
#   data:
#     allowed_regions: { type: list, default: [eu-central-1, eu-west-1, westeurope, northeurope, europe-west1, europe-west3], title: Allowed regions }
package torque.environment

default result := {"decision": "Approved", "reason": "No region outside the allowed ones is asked for."}

result := {
	"decision": "Denied",
	"reason": sprintf("The region %v is not allowed here. Allowed: %v.", [first.value, concat(", ", data.allowed_regions)]),
	"field": first.field,
	"limit": {"path": "data.allowed_regions", "value": data.allowed_regions},
	"allowed": data.allowed_regions,
} if {
	first := outside[0]
}

outside := [slot | some slot in object.get(input.gantry.slots, "region", []); not permitted(slot.value)]

permitted(region) if lower(region) in {lower(allowed) | some allowed in data.allowed_regions}

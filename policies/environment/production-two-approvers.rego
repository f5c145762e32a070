# METADATA
# title: Production needs two approvers
# description: Environments that call themselves production, by input or label, wait for this many people.
# custom:
#   data:
#     approvers: { type: count, default: 2, title: Approvers }
#     classes: { type: list, default: [production, prod], title: What counts as production }
package torque.environment

default result := {"decision": "Approved", "reason": "This is not production."}

result := {
	"decision": "Manual",
	"reason": sprintf("This is production: %v people have to agree.", [data.approvers]),
	"approvals": data.approvers,
	"limit": {"path": "data.approvers", "value": data.approvers},
} if {
	is_production
}

is_production if {
	some slot in object.get(input.gantry.slots, "environment_class", [])
	lower(slot.value) in data.classes
}

is_production if {
	some label in input.blueprint.labels
	lower(label) in data.classes
}

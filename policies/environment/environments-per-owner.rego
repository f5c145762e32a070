# METADATA
# title: Environments per owner
# description: How many environments one person may have at the same time in this space. Waiting and failed ones count until they end.
# custom:
#   data:
#     max_active: { type: count, default: 5, title: Most at the same time }
package torque.environment

default result := {"decision": "Denied", "reason": "The owner's environments could not be counted."}

result := {
	"decision": "Denied",
	"reason": sprintf("%v already has %v environments here, and %v is the most.", [owner, active, data.max_active]),
	"limit": {"path": "data.max_active", "value": data.max_active},
	"hint": "End one that is no longer needed.",
} if {
	launching
	active >= data.max_active
}

result := {"decision": "Approved", "reason": sprintf("%v of %v environments in use.", [active, data.max_active])} if {
	launching
	active < data.max_active
}

result := {"decision": "Approved", "reason": "An extension takes no new place."} if not launching

launching if input.action_identifier.action_type == "Launch"

active := input.owner_active_environments_in_space

owner := object.get(input, "user_email", "The owner")

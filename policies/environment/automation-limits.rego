# METADATA
# title: Limits for automations
# description: What programs may ask for without a person. They never get an environment without an end.
# custom:
#   data:
#     max_minutes: { type: minutes, default: 240, title: Longest for an automation }
#     approval_above: { type: money, default: 100, title: Monthly cost that needs a person }
package torque.environment

default result := {"decision": "Denied", "reason": "Who asked could not be judged."}

result := {"decision": "Approved", "reason": "A person asked."} if input.gantry.initiator.kind != "automation"

result := {
	"decision": "Denied",
	"reason": sprintf("Automations may ask for at most %v minutes.", [data.max_minutes]),
	"field": "duration",
	"limit": {"path": "data.max_minutes", "value": data.max_minutes},
	"allowed": {"max": data.max_minutes},
} if {
	automated
	not short
}

result := {
	"decision": "Manual",
	"reason": sprintf("An automation asked, and it would cost more than %v USD a month or has no full estimate.", [data.approval_above]),
	"limit": {"path": "data.approval_above", "value": data.approval_above},
} if {
	automated
	short
	not cheap
}

result := {"decision": "Approved", "reason": "Within what automations may do."} if {
	automated
	short
	cheap
}

automated if input.gantry.initiator.kind == "automation"

short if {
	is_number(input.duration_minutes)
	input.duration_minutes <= data.max_minutes
}

cheap if {
	is_number(input.gantry.estimate.monthly)
	input.gantry.estimate.monthly <= data.approval_above
}

# METADATA
# title: Unconfirmed assumptions
# description: Values that the assistant filled in without a source, and that nobody confirmed, have to be seen by somebody.
# custom:
#   data:
#     harmless: { type: list, default: [name], title: Fields that may stay assumed }
package torque.environment

default result := {"decision": "Approved", "reason": "Every value has a source or was confirmed."}

result := {
	"decision": "Manual",
	"reason": sprintf("Assumed and not confirmed: %v.", [concat(", ", open)]),
	"field": open[0],
	"hint": "Confirm or change these values.",
} if {
	count(open) > 0
}

open := sort([item.field |
	some item in input.gantry.assumptions
	not item.confirmed
	not item.field in data.harmless
])

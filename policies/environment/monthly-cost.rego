# METADATA
# title: Monthly cost
# description: What an environment may cost in a month of running, from the estimate. An estimate that is not complete is judged by its known part and said so.
# custom:
#   data:
#     approval_above: { type: money, default: 300, title: Needs approval above }
#     deny_above: { type: money, default: 3000, title: Denied above }
package torque.environment

default result := {"decision": "Manual", "reason": "The cost could not be estimated."}

result := {
	"decision": "Denied",
	"reason": sprintf("It would cost about %v a month, and %v is the most.", [money(monthly), money(data.deny_above)]),
	"limit": {"path": "data.deny_above", "value": data.deny_above},
	"hint": "Choose a smaller machine or fewer of them.",
} if {
	monthly > data.deny_above
}

result := {
	"decision": "Manual",
	"reason": sprintf("It would cost about %v a month, more than the %v that pass without approval.", [money(monthly), money(data.approval_above)]),
	"limit": {"path": "data.approval_above", "value": data.approval_above},
} if {
	monthly > data.approval_above
	monthly <= data.deny_above
}

result := {
	"decision": "Approved",
	"reason": sprintf("About %v a month.", [money(monthly)]),
	"warnings": incomplete,
} if {
	monthly <= data.approval_above
}

monthly := input.gantry.estimate.monthly if is_number(input.gantry.estimate.monthly)

incomplete contains sprintf("%v resources have no price yet and are not in this figure.", [n]) if {
	n := input.gantry.estimate.unpriced
	n > 0
}

money(amount) := sprintf("%v USD", [round(amount)])

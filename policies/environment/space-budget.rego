# METADATA
# title: Space budget
# description: Holds what this space has spent this month, and what its environments will still cost, against its monthly budget.
# custom:
#   data:
#     approval_percent: { type: percent, default: 80, title: Needs approval from }
package torque.environment

default result := {"decision": "Manual", "reason": "The budget of this space could not be judged."}

result := {"decision": "Approved", "reason": "This space has no budget."} if input.gantry.space.monthly_budget == null

result := {
	"decision": "Denied",
	"reason": sprintf("With this the space would reach %v of its %v USD for this month.", [spent, budget]),
	"limit": {"path": "input.gantry.space.monthly_budget", "value": budget},
	"hint": "End what is no longer needed, or ask an admin of the space to raise the budget.",
} if {
	after > budget
}

result := {
	"decision": "Manual",
	"reason": sprintf("With this the space would reach %v of its %v USD for this month.", [spent, budget]),
	"limit": {"path": "data.approval_percent", "value": data.approval_percent},
} if {
	after <= budget
	after * 100 >= budget * data.approval_percent
}

result := {"decision": "Approved", "reason": sprintf("%v of %v USD this month.", [spent, budget])} if {
	after <= budget
	after * 100 < budget * data.approval_percent
}

budget := input.gantry.space.monthly_budget if is_number(input.gantry.space.monthly_budget)

after := input.gantry.space.committed_this_month + input.gantry.estimate.this_month if {
	is_number(input.gantry.space.committed_this_month)
	is_number(input.gantry.estimate.this_month)
}

spent := sprintf("%v USD", [round(after)])

package torque.environment_test

import data.torque.environment

judged(committed, added) := result.decision if {
	result := environment.result with input as {"gantry": {"space": {"monthly_budget": 1000, "committed_this_month": committed}, "estimate": {"this_month": added}}}
		with data.approval_percent as 80
}

test_well_below_is_approved if judged(100, 100) == "Approved"

test_near_the_budget_needs_approval if judged(700, 100) == "Manual"

test_exactly_the_budget_needs_approval if judged(900, 100) == "Manual"

test_above_the_budget_is_denied if judged(900, 101) == "Denied"

test_no_budget_is_approved if {
	result := environment.result with input as {"gantry": {"space": {"monthly_budget": null, "committed_this_month": 5}, "estimate": {"this_month": 5}}} with data.approval_percent as 80
	result.decision == "Approved"
}

test_an_unknown_cost_needs_approval if {
	result := environment.result with input as {"gantry": {"space": {"monthly_budget": 1000, "committed_this_month": 5}, "estimate": {"this_month": null}}}
		with data.approval_percent as 80
	result.decision == "Manual"
}

package torque.environment_test

import data.torque.environment

judged(monthly) := result if {
	result := environment.result with input as {"gantry": {"estimate": {"monthly": monthly, "unpriced": 2}}}
		with data.approval_above as 300
		with data.deny_above as 3000
}

test_cheap_is_approved if judged(300).decision == "Approved"

test_dearer_needs_approval if judged(300.01).decision == "Manual"

test_too_dear_is_denied if judged(3000.5).decision == "Denied"

test_unpriced_resources_are_said if count(judged(10).warnings) == 1

test_no_estimate_needs_approval if {
	result := environment.result with input as {"gantry": {"estimate": {"monthly": null}}}
		with data.approval_above as 300
		with data.deny_above as 3000
	result.decision == "Manual"
}

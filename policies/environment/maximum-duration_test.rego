package torque.environment_test

import data.torque.environment

limits := {"approval_minutes": 480, "max_minutes": 1440}

decision(minutes) := result.decision if {
	result := environment.result with input as {"duration_minutes": minutes}
		with data.approval_minutes as limits.approval_minutes
		with data.max_minutes as limits.max_minutes
}

test_short_is_approved if decision(60) == "Approved"

test_exactly_the_approval_limit_is_approved if decision(480) == "Approved"

test_above_the_approval_limit_needs_approval if decision(481) == "Manual"

test_exactly_the_maximum_needs_approval if decision(1440) == "Manual"

test_above_the_maximum_is_denied if decision(1441) == "Denied"

test_without_an_end_needs_approval if {
	result := environment.result with input as {}
		with data.approval_minutes as 480
		with data.max_minutes as 1440
	result.decision == "Manual"
}

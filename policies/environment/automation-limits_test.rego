package torque.environment_test

import data.torque.environment

judged(kind, minutes, monthly) := result.decision if {
	result := environment.result with input as {"duration_minutes": minutes, "gantry": {"initiator": {"kind": kind}, "estimate": {"monthly": monthly}}}
		with data.max_minutes as 240
		with data.approval_above as 100
}

test_people_are_not_concerned if judged("person", 100000, 100000) == "Approved"

test_short_and_cheap_passes if judged("automation", 240, 100) == "Approved"

test_long_is_denied if judged("automation", 241, 1) == "Denied"

test_without_an_end_is_denied if judged("automation", null, 1) == "Denied"

test_dear_needs_a_person if judged("automation", 60, 101) == "Manual"

test_an_unknown_cost_needs_a_person if judged("automation", 60, null) == "Manual"

test_an_unknown_initiator_is_denied if {
	result := environment.result with input as {"duration_minutes": 5} with data.max_minutes as 240 with data.approval_above as 100
	result.decision == "Denied"
}

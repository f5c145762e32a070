package torque.environment_test

import data.torque.environment

launch := {"action_type": "Launch", "entity_type": "Environment", "entity_id": null}

decision(active) := result.decision if {
	result := environment.result with input as {"action_identifier": launch, "owner_active_environments_in_space": active, "user_email": "maya@example.com"}
		with data.max_active as 5
}

test_below_the_limit_is_approved if decision(4) == "Approved"

test_at_the_limit_is_denied if decision(5) == "Denied"

test_an_unknown_count_is_denied if {
	result := environment.result with input as {"action_identifier": launch} with data.max_active as 5
	result.decision == "Denied"
}

test_an_extension_takes_no_place if {
	result := environment.result with input as {"action_identifier": {"action_type": "Extend"}, "owner_active_environments_in_space": 9}
		with data.max_active as 5
	result.decision == "Approved"
}

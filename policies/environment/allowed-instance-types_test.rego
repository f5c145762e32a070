package torque.environment_test

import data.torque.environment

judged(name) := result.decision if {
	result := environment.result with input as {"gantry": {"slots": {"instance_type": [{"field": "inputs.size", "value": name}]}}}
		with data.allowed as ["t3.*", "Standard_B*"]
		with data.approval as ["g5.*"]
}

test_an_allowed_type_passes if judged("t3.large") == "Approved"

test_case_does_not_matter if judged("standard_b2s") == "Approved"

test_a_special_type_needs_approval if judged("g5.xlarge") == "Manual"

test_any_other_is_denied if judged("x1e.32xlarge") == "Denied"

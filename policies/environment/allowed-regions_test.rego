package torque.environment_test

import data.torque.environment

judged(region) := result if {
	result := environment.result with input as {"gantry": {"slots": {"region": [{"field": "inputs.region", "value": region}]}}}
		with data.allowed_regions as ["eu-central-1", "westeurope"]
}

test_an_allowed_region_passes if judged("eu-central-1").decision == "Approved"

test_case_does_not_matter if judged("WestEurope").decision == "Approved"

test_another_region_is_denied if judged("us-east-1").decision == "Denied"

test_the_denial_names_field_and_remedy if {
	judged("us-east-1").field == "inputs.region"
	judged("us-east-1").allowed == ["eu-central-1", "westeurope"]
}

test_no_region_passes if {
	result := environment.result with input as {"gantry": {"slots": {}}} with data.allowed_regions as []
	result.decision == "Approved"
}

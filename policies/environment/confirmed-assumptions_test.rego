package torque.environment_test

import data.torque.environment

judged(assumptions) := result.decision if {
	result := environment.result with input as {"gantry": {"assumptions": assumptions}} with data.harmless as ["name"]
}

test_none_passes if judged([]) == "Approved"

test_a_confirmed_one_passes if judged([{"field": "inputs.size", "confirmed": true}]) == "Approved"

test_a_harmless_one_passes if judged([{"field": "name", "confirmed": false}]) == "Approved"

test_an_open_one_needs_approval if judged([{"field": "inputs.size", "confirmed": false}]) == "Manual"

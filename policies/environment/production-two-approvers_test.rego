package torque.environment_test

import data.torque.environment

judged(class, labels) := result if {
	result := environment.result with input as {"blueprint": {"labels": labels}, "gantry": {"slots": {"environment_class": [{"field": "inputs.class", "value": class}]}}}
		with data.approvers as 2
		with data.classes as ["production"]
}

test_production_needs_two if {
	judged("Production", []).decision == "Manual"
	judged("Production", []).approvals == 2
}

test_a_production_label_needs_two if judged("test", ["production"]).decision == "Manual"

test_anything_else_passes if judged("test", ["web"]).decision == "Approved"

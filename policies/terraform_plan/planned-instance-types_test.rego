package torque.terraform_plan_test

import data.torque.terraform_plan

denied(type, after) := count(found) if {
	found := terraform_plan.deny with input as {"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after}}]}
		with data.allowed as ["t3.*", "db.t3.*"]
		with data.approval as ["g5.*"]
}

test_an_allowed_machine_passes if denied("aws_instance", {"instance_type": "t3.micro"}) == 0

test_a_special_machine_is_left_to_approval if denied("aws_instance", {"instance_type": "g5.xlarge"}) == 0

test_another_machine_is_denied if denied("aws_instance", {"instance_type": "x1e.32xlarge"}) == 1

test_a_database_class_is_read if denied("aws_db_instance", {"instance_class": "db.x2g.16xlarge"}) == 1

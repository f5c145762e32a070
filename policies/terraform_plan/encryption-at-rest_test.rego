package torque.terraform_plan_test

import data.torque.terraform_plan

denied(type, after) := count(found) if {
	found := terraform_plan.deny with input as {"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]}
}

test_an_encrypted_database_passes if denied("aws_db_instance", {"storage_encrypted": true}) == 0

test_a_plain_database_is_denied if denied("aws_db_instance", {"storage_encrypted": false}) == 1

test_a_silent_database_is_denied if denied("aws_db_instance", {}) == 1

test_a_plain_root_disk_is_denied if denied("aws_instance", {"root_block_device": [{"encrypted": false}]}) == 1

test_what_is_known_only_later_passes if {
	found := terraform_plan.deny with input as {"resource_changes": [{"address": "x", "type": "aws_ebs_volume", "change": {"actions": ["create"], "after": {}, "after_unknown": {"encrypted": true}}}]}
	count(found) == 0
}

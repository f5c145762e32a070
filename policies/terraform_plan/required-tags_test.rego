package torque.terraform_plan_test

import data.torque.terraform_plan

denied(after) := count(found) if {
	found := terraform_plan.deny with input as {"resource_changes": [{"address": "aws_instance.a", "type": "aws_instance", "change": {"actions": ["create"], "after": after}}]}
		with data.required as ["owner", "cost-center"]
}

test_all_tags_pass if denied({"tags": {"owner": "a", "cost-center": "b"}}) == 0

test_default_tags_count if denied({"tags": null, "tags_all": {"Owner": "a", "Cost-Center": "b"}}) == 0

test_labels_count if denied({"labels": {"owner": "a", "cost_center": "b"}}) == 0

test_a_missing_tag_is_named if denied({"tags": {"owner": "a"}}) == 1

test_an_empty_tag_is_missing if denied({"tags": {"owner": "a", "cost-center": ""}}) == 1

test_what_cannot_be_tagged_is_left_alone if denied({"name": "x"}) == 0

package torque.terraform_plan_test

import data.torque.terraform_plan

allowed := ["eu-central-1", "westeurope", "europe-west1"]

denied(plan) := count(found) if {
	found := terraform_plan.deny with input as plan with data.allowed_regions as allowed
}

test_a_constant_region_is_read if denied({"configuration": {"provider_config": {"aws": {"expressions": {"region": {"constant_value": "us-east-1"}}}}}, "resource_changes": []}) == 1

test_a_variable_region_is_read if denied({"variables": {"region": {"value": "us-east-1"}}, "configuration": {"provider_config": {"aws": {"expressions": {"region": {"references": ["var.region"]}}}}}, "resource_changes": []}) == 1

test_an_allowed_region_passes if denied({"configuration": {"provider_config": {"aws": {"expressions": {"region": {"constant_value": "eu-central-1"}}}}}, "resource_changes": []}) == 0

test_a_location_with_spaces_is_the_same if denied({"resource_changes": [{"address": "a", "type": "azurerm_resource_group", "change": {"actions": ["create"], "after": {"location": "West Europe"}}}]}) == 0

test_a_zone_of_an_allowed_region_passes if denied({"resource_changes": [{"address": "a", "type": "google_sql_database_instance", "change": {"actions": ["create"], "after": {"region": "europe-west1-b"}}}]}) == 0

test_a_foreign_location_is_denied if denied({"resource_changes": [{"address": "a", "type": "azurerm_resource_group", "change": {"actions": ["create"], "after": {"location": "eastus"}}}]}) == 1

test_what_is_deleted_does_not_count if denied({"resource_changes": [{"address": "a", "type": "azurerm_resource_group", "change": {"actions": ["delete"], "after": null}}]}) == 0

warned(plan) := count(found) if {
	found := terraform_plan.warn with input as plan with data.allowed_regions as allowed
}

settled(source, values) := {"resource_changes": [], "gantry": {"plan": {"source": source, "providers": {"aws": {"name": "aws", "values": values}}}}}

test_a_region_that_a_data_source_decides_is_read if denied(settled("real", {"region": "us-east-1"})) == 1

test_a_region_that_a_data_source_decides_may_be_allowed if denied(settled("real", {"region": "eu-central-1"})) == 0

test_a_region_nobody_can_tell_is_denied_in_a_real_plan if denied(settled("real", {})) == 1

test_a_region_nobody_can_tell_yet_is_a_warning if {
	denied(settled("static", {})) == 0
	warned(settled("static", {})) == 1
}

test_a_region_that_is_known_is_no_warning if warned(settled("static", {"region": "eu-central-1"})) == 0

test_a_zone_tells_its_region if denied({"resource_changes": [{"address": "a", "type": "aws_instance", "change": {"actions": ["create"], "after": {"availability_zone": "us-east-1b"}}}]}) == 1

test_a_zone_of_an_allowed_aws_region_passes if denied({"resource_changes": [{"address": "a", "type": "aws_instance", "change": {"actions": ["create"], "after": {"availability_zone": "eu-central-1b"}}}]}) == 0

buckets(n) := [{"address": sprintf("b%v", [i]), "type": "azurerm_resource_group", "change": {"actions": ["create"], "after": {"location": "eastus"}}} | some i in numbers.range(1, n)]

messages(plan) := {one.msg | some one in found} if {
	found := terraform_plan.deny with input as plan with data.allowed_regions as allowed
}

test_a_region_is_denied_once_with_its_places if messages({"resource_changes": buckets(2)}) == {"The plan uses the region eastus (b1, b2), which is not allowed here."}

test_of_many_places_three_are_named if messages({"resource_changes": buckets(5)}) == {"The plan uses the region eastus (b1, b2, b3 and 2 more), which is not allowed here."}

test_a_zone_that_is_left_to_the_provider_is_no_error if denied({"resource_changes": [{"address": "a", "type": "aws_db_instance", "change": {"actions": ["create"], "after": {"availability_zone": null}}}]}) == 0

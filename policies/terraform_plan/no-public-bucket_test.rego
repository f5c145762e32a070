package torque.terraform_plan_test

import data.torque.terraform_plan

denied(type, after) := count(found) if {
	found := terraform_plan.deny with input as {"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after}}]}
}

test_a_public_acl_is_denied if denied("aws_s3_bucket_acl", {"acl": "public-read"}) == 1

test_a_private_acl_passes if denied("aws_s3_bucket_acl", {"acl": "private"}) == 0

test_an_open_access_block_is_denied if denied("aws_s3_bucket_public_access_block", {"block_public_acls": true, "block_public_policy": false, "ignore_public_acls": true, "restrict_public_buckets": true}) == 1

test_a_policy_for_everybody_is_denied if denied("aws_s3_bucket_policy", {"policy": `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}`}) == 1

test_a_policy_for_a_distribution_passes if denied("aws_s3_bucket_policy", {"policy": `{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"*"}]}`}) == 0

test_a_public_container_is_denied if denied("azurerm_storage_container", {"container_access_type": "blob"}) == 1

test_a_public_google_member_is_denied if denied("google_storage_bucket_iam_member", {"member": "allUsers"}) == 1

test_a_policy_without_a_value_is_no_error if denied("aws_s3_bucket_policy", {"policy": null}) == 0

package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_aws_s3_versioning_is_found if "aws-s3-versioning" in found("aws_s3_bucket_versioning", {"versioning_configuration": [{"status": "Suspended"}]})

test_aws_s3_versioning_passes if not "aws-s3-versioning" in found("aws_s3_bucket_versioning", {"versioning_configuration": [{"status": "Enabled"}]})

test_aws_s3_no_versioning_is_found if "aws-s3-no-versioning" in found("aws_s3_bucket", {"bucket": "a"})

test_aws_s3_no_versioning_passes if not "aws-s3-no-versioning" in found("aws_s3_bucket", {"bucket": "a", "versioning": [{"enabled": true}]})

test_aws_s3_access_log_is_found if "aws-s3-access-log" in found("aws_s3_bucket", {"bucket": "a"})

test_aws_s3_access_log_passes if not "aws-s3-access-log" in found("aws_s3_bucket", {"logging": [{"target_bucket": "logs"}]})

test_aws_s3_open_acl_is_found if "aws-s3-open-acl" in found("aws_s3_bucket_acl", {"acl": "public-read-write"})

test_aws_s3_open_acl_passes if not "aws-s3-open-acl" in found("aws_s3_bucket_acl", {"acl": "private"})

test_aws_efs_backup_is_found if "aws-efs-backup" in found("aws_efs_backup_policy", {"backup_policy": [{"status": "DISABLED"}]})

test_aws_efs_backup_passes if not "aws-efs-backup" in found("aws_efs_backup_policy", {"backup_policy": [{"status": "ENABLED"}]})

bucket_with(type, module) := rules_of({"resource_changes": [
	{"address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "module_address": "module.one", "change": {"actions": ["create"], "after": {}}},
	{"address": "x", "type": type, "module_address": module, "change": {"actions": ["create"], "after": {}}},
]})

test_aws_s3_no_public_access_block_is_found if "aws-s3-no-public-access-block" in bucket_with("aws_s3_bucket_public_access_block", "module.other")

test_aws_s3_no_public_access_block_passes if not "aws-s3-no-public-access-block" in bucket_with("aws_s3_bucket_public_access_block", "module.one")

test_versioning_beside_the_bucket_counts if not "aws-s3-no-versioning" in bucket_with("aws_s3_bucket_versioning", "module.one")

package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_aws_rds_public_is_found if "aws-rds-public" in found("aws_db_instance", {"publicly_accessible": true})

test_aws_rds_public_passes if not "aws-rds-public" in found("aws_db_instance", {"publicly_accessible": false})

test_aws_rds_backup_is_found if "aws-rds-backup" in found("aws_rds_cluster", {"backup_retention_period": 0})

test_aws_rds_backup_passes if not "aws-rds-backup" in found("aws_rds_cluster", {"backup_retention_period": 7})

test_aws_rds_deletion_protection_is_found if "aws-rds-deletion-protection" in found("aws_db_instance", {"deletion_protection": null})

test_aws_rds_deletion_protection_passes if not "aws-rds-deletion-protection" in found("aws_db_instance", {"deletion_protection": true})

test_aws_rds_minor_upgrades_is_found if "aws-rds-minor-upgrades" in found("aws_db_instance", {"auto_minor_version_upgrade": false})

test_aws_rds_minor_upgrades_passes if not "aws-rds-minor-upgrades" in found("aws_db_instance", {"auto_minor_version_upgrade": true})

test_aws_rds_old_class_is_found if "aws-rds-old-class" in found("aws_db_instance", {"instance_class": "db.m3.large"})

test_aws_rds_old_class_passes if not "aws-rds-old-class" in found("aws_db_instance", {"instance_class": "db.t4g.medium"})

test_aws_redshift_public_is_found if "aws-redshift-public" in found("aws_redshift_cluster", {})

test_aws_redshift_public_passes if not "aws-redshift-public" in found("aws_redshift_cluster", {"publicly_accessible": false})

test_aws_elasticache_transit_is_found if "aws-elasticache-transit" in found("aws_elasticache_replication_group", {"transit_encryption_enabled": false})

test_aws_elasticache_transit_passes if not "aws-elasticache-transit" in found("aws_elasticache_replication_group", {"transit_encryption_enabled": true})

test_aws_dynamodb_recovery_is_found if "aws-dynamodb-recovery" in found("aws_dynamodb_table", {"point_in_time_recovery": []})

test_aws_dynamodb_recovery_passes if not "aws-dynamodb-recovery" in found("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}]})

test_what_only_the_run_knows_passes if not "aws-elasticache-transit" in rules_of({"resource_changes": [{
	"address": "x",
	"type": "aws_elasticache_replication_group",
	"change": {"actions": ["create"], "after": {}, "after_unknown": {"transit_encryption_enabled": true}},
}]})

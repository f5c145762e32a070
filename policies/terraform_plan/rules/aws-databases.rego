# METADATA
# title: AWS databases
# description: Databases and caches stay off the internet, encrypt their connections, keep backups and are not deleted by accident.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"aws-rds-public": {
		"types": ["aws_db_instance", "aws_rds_cluster_instance", "aws_docdb_cluster_instance", "aws_neptune_cluster_instance", "aws_dms_replication_instance"],
		"severity": "high",
		"reason": "The database gets an address that the internet can reach.",
		"remedy": "Set publicly_accessible to false and connect from inside the network.",
		"references": ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"],
	},
	"aws-rds-backup": {
		"types": ["aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"],
		"severity": "medium",
		"reason": "Automatic backups are switched off.",
		"remedy": "Set backup_retention_period to at least 1; 7 or more where the contents matter.",
		"references": ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"],
	},
	"aws-rds-deletion-protection": {
		"types": ["aws_db_instance", "aws_rds_cluster"],
		"severity": "low",
		"reason": "Nothing keeps the database from being deleted by accident.",
		"remedy": "Set deletion_protection to true for what outlives its environment.",
		"references": ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"],
	},
	"aws-rds-minor-upgrades": {
		"types": ["aws_db_instance", "aws_rds_cluster_instance"],
		"severity": "low",
		"reason": "Minor versions, and with them security fixes, are not installed automatically.",
		"remedy": "Leave auto_minor_version_upgrade at true.",
		"references": ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"],
	},
	"aws-rds-old-class": {
		"types": ["aws_db_instance", "aws_rds_cluster_instance"],
		"severity": "low",
		"reason": "The instance class is of a generation that newer ones beat on price and speed.",
		"remedy": "Use a current class, for instance db.t4g, db.m7g or db.r7g.",
		"references": ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html"],
	},
	"aws-redshift-public": {
		"types": ["aws_redshift_cluster"],
		"severity": "high",
		"reason": "The warehouse gets an address that the internet can reach.",
		"remedy": "Set publicly_accessible to false.",
		"references": ["https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html"],
	},
	"aws-elasticache-transit": {
		"types": ["aws_elasticache_replication_group"],
		"severity": "high",
		"reason": "Clients talk to the cache without encryption.",
		"remedy": "Set transit_encryption_enabled to true.",
		"references": ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"],
	},
	"aws-dynamodb-recovery": {
		"types": ["aws_dynamodb_table"],
		"severity": "medium",
		"reason": "The table cannot be brought back to an earlier moment.",
		"remedy": "Add point_in_time_recovery with enabled = true.",
		"references": ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html"],
	},
}

deny contains finding("aws-rds-public", change) if {
	some change in subjects("aws-rds-public")
	setting(change, ["publicly_accessible"], false) == true
}

warn contains finding("aws-rds-backup", change) if {
	some change in subjects("aws-rds-backup")
	setting(change, ["backup_retention_period"], 1) == 0
}

warn contains finding("aws-rds-deletion-protection", change) if {
	some change in subjects("aws-rds-deletion-protection")
	setting(change, ["deletion_protection"], false) != true
	not later(change, ["deletion_protection"])
}

warn contains finding("aws-rds-minor-upgrades", change) if {
	some change in subjects("aws-rds-minor-upgrades")
	setting(change, ["auto_minor_version_upgrade"], true) == false
}

warn contains finding("aws-rds-old-class", change) if {
	some change in subjects("aws-rds-old-class")
	regex.match(`^db\.(t1|t2|m1|m2|m3|m4|r3|r4)\.`, setting(change, ["instance_class"], ""))
}

# The provider's own default is public.
deny contains finding("aws-redshift-public", change) if {
	some change in subjects("aws-redshift-public")
	setting(change, ["publicly_accessible"], true) == true
	not later(change, ["publicly_accessible"])
}

deny contains finding("aws-elasticache-transit", change) if {
	some change in subjects("aws-elasticache-transit")
	setting(change, ["transit_encryption_enabled"], false) != true
	not later(change, ["transit_encryption_enabled"])
}

warn contains finding("aws-dynamodb-recovery", change) if {
	some change in subjects("aws-dynamodb-recovery")
	setting(change, ["point_in_time_recovery", 0, "enabled"], false) != true
	not later(change, ["point_in_time_recovery", 0, "enabled"])
}

kinds := {type | some rule in rules; some type in rule.types}

planned := [change |
	some change in input.resource_changes
	change.type in kinds
	some action in change.change.actions
	action in {"create", "update"}
]

subjects(id) := [change | some change in planned; change.type in rules[id].types]

finding(id, change) := {
	"msg": sprintf("%v: %v", [change.address, rules[id].reason]),
	"rule": id,
	"severity": rules[id].severity,
	"hint": rules[id].remedy,
	"references": rules[id].references,
	"address": change.address,
}

# What the plan sets, or the fallback where it sets nothing.
setting(change, path, fallback) := found if {
	found := object.get(change.change.after, path, null)
	found != null
} else := fallback

# Known only after the run: no reason to refuse before.
later(change, path) if object.get(change.change, array.concat(["after_unknown"], path), false) == true

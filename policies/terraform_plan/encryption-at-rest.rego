# METADATA
# title: Encryption at rest
# description: Disks, databases, queues and file systems must be encrypted. Services that always encrypt are not asked.
package torque.terraform_plan

deny contains {"msg": sprintf("%v is not encrypted at rest (%v).", [change.address, missing]), "rule": "encryption-at-rest", "hint": "Switch encryption on."} if {
	some change in input.resource_changes
	some action in change.change.actions
	action in {"create", "update"}
	missing := unencrypted(change.type, change.change.after, object.get(change.change, "after_unknown", {}))
}

flags := {
	"aws_ebs_volume": "encrypted",
	"aws_db_instance": "storage_encrypted",
	"aws_rds_cluster": "storage_encrypted",
	"aws_efs_file_system": "encrypted",
	"aws_docdb_cluster": "storage_encrypted",
	"aws_neptune_cluster": "storage_encrypted",
	"aws_elasticache_replication_group": "at_rest_encryption_enabled",
	"aws_redshift_cluster": "encrypted",
}

unencrypted(type, after, unknown) := flag if {
	flag := flags[type]
	not object.get(after, flag, false) in {true, "true"}
	not unknown[flag] == true
}

unencrypted("aws_instance", after, _) := "a block device" if {
	some kind in ["root_block_device", "ebs_block_device"]
	some device in after[kind]
	device.encrypted == false
}

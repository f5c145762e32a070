# METADATA
# title: AWS storage
# description: Buckets keep old versions, close themselves to the public, demand TLS and leave a log; file systems have backups.
# custom:
#   severity: medium
package torque.terraform_plan

rules := {
	"aws-s3-versioning": {
		"types": ["aws_s3_bucket_versioning"],
		"severity": "medium",
		"reason": "Old versions of objects are not kept, so a mistaken overwrite or deletion is final.",
		"remedy": "Set versioning_configuration.status to Enabled, and let a lifecycle rule expire old versions.",
		"references": ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"],
	},
	"aws-s3-no-versioning": {
		"types": ["aws_s3_bucket"],
		"severity": "medium",
		"reason": "Nothing in the plan switches versioning on for this bucket.",
		"remedy": "Add an aws_s3_bucket_versioning resource for it.",
		"references": ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"],
	},
	"aws-s3-no-public-access-block": {
		"types": ["aws_s3_bucket"],
		"severity": "medium",
		"reason": "No public access block stands before this bucket, so one wrong policy would open it.",
		"remedy": "Add an aws_s3_bucket_public_access_block with all four settings true.",
		"references": ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"],
	},
	"aws-s3-access-log": {
		"types": ["aws_s3_bucket"],
		"severity": "low",
		"reason": "Who reads this bucket is not logged.",
		"remedy": "Add an aws_s3_bucket_logging resource with a separate log bucket, or a CloudTrail data event selector.",
		"references": ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"],
	},
	"aws-s3-open-acl": {
		"types": ["aws_s3_bucket", "aws_s3_bucket_acl"],
		"severity": "high",
		"reason": "The access list lets anybody, or anybody with an AWS account, write or read.",
		"remedy": "Use a private access list; share single objects through signed addresses.",
		"references": ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html"],
	},
	"aws-efs-backup": {
		"types": ["aws_efs_backup_policy"],
		"severity": "medium",
		"reason": "The automatic backups of the file system are switched off.",
		"remedy": "Set backup_policy.status to ENABLED.",
		"references": ["https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html"],
	},
}

warn contains finding("aws-s3-versioning", change) if {
	some change in subjects("aws-s3-versioning")
	setting(change, ["versioning_configuration", 0, "status"], "Disabled") != "Enabled"
	not later(change, ["versioning_configuration", 0, "status"])
}

warn contains finding("aws-s3-no-versioning", change) if {
	some change in subjects("aws-s3-no-versioning")
	setting(change, ["versioning", 0, "enabled"], false) != true
	not protected(change, "aws_s3_bucket_versioning")
}

warn contains finding("aws-s3-no-public-access-block", change) if {
	some change in subjects("aws-s3-no-public-access-block")
	not protected(change, "aws_s3_bucket_public_access_block")
}

warn contains finding("aws-s3-access-log", change) if {
	some change in subjects("aws-s3-access-log")
	count(setting(change, ["logging"], [])) == 0
	not protected(change, "aws_s3_bucket_logging")
}

deny contains finding("aws-s3-open-acl", change) if {
	some change in subjects("aws-s3-open-acl")
	setting(change, ["acl"], "private") in {"public-read-write", "authenticated-read"}
}

deny contains finding("aws-s3-open-acl", change) if {
	some change in subjects("aws-s3-open-acl")
	some grant in setting(change, ["access_control_policy", 0, "grant"], [])
	some grantee in grant.grantee
	is_string(grantee.uri)
	regex.match(`/(AllUsers|AuthenticatedUsers)$`, grantee.uri)
}

warn contains finding("aws-efs-backup", change) if {
	some change in subjects("aws-efs-backup")
	setting(change, ["backup_policy", 0, "status"], "DISABLED") != "ENABLED"
	not later(change, ["backup_policy", 0, "status"])
}

# Which companion belongs to which bucket is often known only after the run, so one in the same module counts.
protected(bucket, type) if {
	some module in companions[type]
	module == object.get(bucket, "module_address", "")
}

companions[type] contains object.get(change, "module_address", "") if {
	some change in input.resource_changes
	startswith(change.type, "aws_s3_bucket_")
	change.change.actions != ["delete"]
	type := change.type
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

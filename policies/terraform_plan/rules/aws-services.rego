# METADATA
# title: AWS queues, search, delivery and trails
# description: Messages and streams are encrypted, delivery and search speak HTTPS, trails can be verified and logs end some day.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"aws-sns-encryption": {
		"types": ["aws_sns_topic"],
		"severity": "medium",
		"reason": "Messages of the topic are stored unencrypted.",
		"remedy": "Set kms_master_key_id, for instance to alias/aws/sns.",
		"references": ["https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"],
	},
	"aws-sqs-encryption": {
		"types": ["aws_sqs_queue"],
		"severity": "medium",
		"reason": "Encryption of the queue's messages is switched off.",
		"remedy": "Leave sqs_managed_sse_enabled at true or set kms_master_key_id.",
		"references": ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html"],
	},
	"aws-kinesis-encryption": {
		"types": ["aws_kinesis_stream"],
		"severity": "high",
		"reason": "Records of the stream are stored unencrypted.",
		"remedy": "Set encryption_type to KMS and name a key.",
		"references": ["https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html"],
	},
	"aws-msk-transit": {
		"types": ["aws_msk_cluster"],
		"severity": "high",
		"reason": "Clients may talk to the brokers in plain text.",
		"remedy": "Set encryption_in_transit.client_broker to TLS.",
		"references": ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html"],
	},
	"aws-search-https": {
		"types": ["aws_opensearch_domain", "aws_elasticsearch_domain"],
		"severity": "high",
		"reason": "The search domain also answers plain HTTP, or old TLS.",
		"remedy": "Set domain_endpoint_options.enforce_https to true with a TLS policy that begins at 1.2.",
		"references": ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/infrastructure-security.html"],
	},
	"aws-search-encryption": {
		"types": ["aws_opensearch_domain", "aws_elasticsearch_domain"],
		"severity": "medium",
		"reason": "The search domain does not encrypt what it stores, or what its nodes tell each other.",
		"remedy": "Enable encrypt_at_rest and node_to_node_encryption.",
		"references": ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html"],
	},
	"aws-cloudfront-https": {
		"types": ["aws_cloudfront_distribution"],
		"severity": "high",
		"reason": "Visitors may stay on plain HTTP.",
		"remedy": "Set viewer_protocol_policy to redirect-to-https or https-only.",
		"references": ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html"],
	},
	"aws-cloudfront-old-tls": {
		"types": ["aws_cloudfront_distribution"],
		"severity": "high",
		"reason": "A distribution with its own certificate accepts TLS below 1.2.",
		"remedy": "Set minimum_protocol_version to TLSv1.2_2021.",
		"references": ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html"],
	},
	"aws-cloudtrail-validation": {
		"types": ["aws_cloudtrail"],
		"severity": "medium",
		"reason": "Nobody could prove that the trail's files were not altered.",
		"remedy": "Set enable_log_file_validation to true.",
		"references": ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html"],
	},
	"aws-cloudtrail-regions": {
		"types": ["aws_cloudtrail"],
		"severity": "medium",
		"reason": "The trail does not see what happens in other regions.",
		"remedy": "Set is_multi_region_trail to true.",
		"references": ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html"],
	},
	"aws-log-retention": {
		"types": ["aws_cloudwatch_log_group"],
		"severity": "low",
		"reason": "Logs are kept, and paid for, without end.",
		"remedy": "Set retention_in_days.",
		"references": ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"],
	},
}

warn contains finding("aws-sns-encryption", change) if {
	some change in subjects("aws-sns-encryption")
	setting(change, ["kms_master_key_id"], "") == ""
	not later(change, ["kms_master_key_id"])
}

warn contains finding("aws-sqs-encryption", change) if {
	some change in subjects("aws-sqs-encryption")
	setting(change, ["sqs_managed_sse_enabled"], true) == false
	setting(change, ["kms_master_key_id"], "") == ""
	not later(change, ["kms_master_key_id"])
}

deny contains finding("aws-kinesis-encryption", change) if {
	some change in subjects("aws-kinesis-encryption")
	setting(change, ["encryption_type"], "NONE") == "NONE"
	not later(change, ["encryption_type"])
}

deny contains finding("aws-msk-transit", change) if {
	some change in subjects("aws-msk-transit")
	setting(change, ["encryption_info", 0, "encryption_in_transit", 0, "client_broker"], "TLS") != "TLS"
}

deny contains finding("aws-search-https", change) if {
	some change in subjects("aws-search-https")
	not safe_endpoint(change)
}

safe_endpoint(change) if {
	setting(change, ["domain_endpoint_options", 0, "enforce_https"], false) == true
	setting(change, ["domain_endpoint_options", 0, "tls_security_policy"], "Policy-Min-TLS-1-2-2019-07") != "Policy-Min-TLS-1-0-2019-07"
}

safe_endpoint(change) if later(change, ["domain_endpoint_options", 0, "enforce_https"])

warn contains finding("aws-search-encryption", change) if {
	some change in subjects("aws-search-encryption")
	some block in ["encrypt_at_rest", "node_to_node_encryption"]
	setting(change, [block, 0, "enabled"], false) != true
	not later(change, [block, 0, "enabled"])
}

deny contains finding("aws-cloudfront-https", change) if {
	some change in subjects("aws-cloudfront-https")
	some key in ["default_cache_behavior", "ordered_cache_behavior"]
	some behavior in setting(change, [key], [])
	behavior.viewer_protocol_policy == "allow-all"
}

deny contains finding("aws-cloudfront-old-tls", change) if {
	some change in subjects("aws-cloudfront-old-tls")
	some certificate in setting(change, ["viewer_certificate"], [])
	object.get(certificate, "cloudfront_default_certificate", false) != true
	object.get(certificate, "minimum_protocol_version", null) in {null, "SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"}
	not later(change, ["viewer_certificate", 0, "minimum_protocol_version"])
}

warn contains finding("aws-cloudtrail-validation", change) if {
	some change in subjects("aws-cloudtrail-validation")
	setting(change, ["enable_log_file_validation"], false) != true
	not later(change, ["enable_log_file_validation"])
}

warn contains finding("aws-cloudtrail-regions", change) if {
	some change in subjects("aws-cloudtrail-regions")
	setting(change, ["is_multi_region_trail"], false) != true
	not later(change, ["is_multi_region_trail"])
}

warn contains finding("aws-log-retention", change) if {
	some change in subjects("aws-log-retention")
	setting(change, ["retention_in_days"], 0) == 0
	not later(change, ["retention_in_days"])
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

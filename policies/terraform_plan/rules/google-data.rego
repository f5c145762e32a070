# METADATA
# title: Google databases, buckets and keys
# description: Databases are reached from named networks over TLS and keep backups, buckets and data sets belong to nobody but the team, keys rotate.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"google-sql-open-network": {
		"types": ["google_sql_database_instance"],
		"severity": "high",
		"reason": "The whole internet may reach the database.",
		"remedy": "Name networks under authorized_networks, or use a private address.",
		"references": ["https://cloud.google.com/sql/docs/postgres/authorize-networks"],
	},
	"google-sql-public-address": {
		"types": ["google_sql_database_instance"],
		"severity": "medium",
		"reason": "The database gets a public address.",
		"remedy": "Set ip_configuration.ipv4_enabled to false and name a private_network.",
		"references": ["https://cloud.google.com/sql/docs/postgres/private-ip"],
	},
	"google-sql-tls": {
		"types": ["google_sql_database_instance"],
		"severity": "high",
		"reason": "The database accepts connections without TLS.",
		"remedy": "Set ip_configuration.ssl_mode to ENCRYPTED_ONLY or stricter.",
		"references": ["https://cloud.google.com/sql/docs/postgres/configure-ssl-instance"],
	},
	"google-sql-backup": {
		"types": ["google_sql_database_instance"],
		"severity": "medium",
		"reason": "No automatic backups are made.",
		"remedy": "Set backup_configuration.enabled to true.",
		"references": ["https://cloud.google.com/sql/docs/postgres/backup-recovery/backups"],
	},
	"google-sql-deletion-protection": {
		"types": ["google_sql_database_instance"],
		"severity": "low",
		"reason": "Nothing keeps the database from being deleted by accident.",
		"remedy": "Set settings.deletion_protection_enabled to true for what outlives its environment.",
		"references": ["https://cloud.google.com/sql/docs/postgres/deletion-protection"],
	},
	"google-bucket-uniform-access": {
		"types": ["google_storage_bucket"],
		"severity": "medium",
		"reason": "Single objects can carry access lists that nobody sees at the bucket.",
		"remedy": "Set uniform_bucket_level_access to true.",
		"references": ["https://cloud.google.com/storage/docs/uniform-bucket-level-access"],
	},
	"google-bucket-public-access-prevention": {
		"types": ["google_storage_bucket"],
		"severity": "low",
		"reason": "One wrong grant would make the bucket public.",
		"remedy": "Set public_access_prevention to enforced.",
		"references": ["https://cloud.google.com/storage/docs/public-access-prevention"],
	},
	"google-bucket-versioning": {
		"types": ["google_storage_bucket"],
		"severity": "low",
		"reason": "Old versions of objects are not kept.",
		"remedy": "Add versioning with enabled = true and a lifecycle rule.",
		"references": ["https://cloud.google.com/storage/docs/object-versioning"],
	},
	"google-dataset-public": {
		"types": ["google_bigquery_dataset", "google_bigquery_dataset_access", "google_bigquery_dataset_iam_member", "google_bigquery_dataset_iam_binding"],
		"severity": "high",
		"reason": "Anybody, or anybody with a Google account, may read the data set.",
		"remedy": "Grant access to groups or service accounts.",
		"references": ["https://cloud.google.com/bigquery/docs/control-access-to-resources-iam"],
	},
	"google-kms-rotation": {
		"types": ["google_kms_crypto_key"],
		"severity": "medium",
		"reason": "The key is never rotated.",
		"remedy": "Set rotation_period, for instance to 7776000s (90 days).",
		"references": ["https://cloud.google.com/kms/docs/key-rotation"],
	},
}

address_settings := ["settings", 0, "ip_configuration", 0]

deny contains finding("google-sql-open-network", change) if {
	some change in subjects("google-sql-open-network")
	some network in setting(change, array.concat(address_settings, ["authorized_networks"]), [])
	network.value in {"0.0.0.0/0", "::/0"}
}

warn contains finding("google-sql-public-address", change) if {
	some change in subjects("google-sql-public-address")
	setting(change, array.concat(address_settings, ["ipv4_enabled"]), true) == true
	not later(change, array.concat(address_settings, ["ipv4_enabled"]))
}

deny contains finding("google-sql-tls", change) if {
	some change in subjects("google-sql-tls")
	setting(change, array.concat(address_settings, ["ssl_mode"]), "unset") == "ALLOW_UNENCRYPTED_AND_ENCRYPTED"
}

deny contains finding("google-sql-tls", change) if {
	some change in subjects("google-sql-tls")
	setting(change, array.concat(address_settings, ["ssl_mode"]), "unset") == "unset"
	setting(change, array.concat(address_settings, ["require_ssl"]), false) != true
	setting(change, array.concat(address_settings, ["ipv4_enabled"]), true) == true
	not later(change, array.concat(address_settings, ["ipv4_enabled"]))
}

warn contains finding("google-sql-backup", change) if {
	some change in subjects("google-sql-backup")
	setting(change, ["master_instance_name"], "") == ""
	setting(change, ["settings", 0, "backup_configuration", 0, "enabled"], false) != true
	not later(change, ["settings", 0, "backup_configuration", 0, "enabled"])
}

warn contains finding("google-sql-deletion-protection", change) if {
	some change in subjects("google-sql-deletion-protection")
	setting(change, ["settings", 0, "deletion_protection_enabled"], false) != true
	setting(change, ["deletion_protection"], true) == false
}

warn contains finding("google-bucket-uniform-access", change) if {
	some change in subjects("google-bucket-uniform-access")
	some_of := [value | some key in ["uniform_bucket_level_access", "bucket_policy_only"]; value := setting(change, [key], false)]
	not true in some_of
	not later(change, ["uniform_bucket_level_access"])
}

warn contains finding("google-bucket-public-access-prevention", change) if {
	some change in subjects("google-bucket-public-access-prevention")
	setting(change, ["public_access_prevention"], "inherited") != "enforced"
	not later(change, ["public_access_prevention"])
}

warn contains finding("google-bucket-versioning", change) if {
	some change in subjects("google-bucket-versioning")
	setting(change, ["versioning", 0, "enabled"], false) != true
}

public := {"allUsers", "allAuthenticatedUsers"}

deny contains finding("google-dataset-public", change) if {
	some change in subjects("google-dataset-public")
	setting(change, ["member"], "") in public
}

deny contains finding("google-dataset-public", change) if {
	some change in subjects("google-dataset-public")
	some member in setting(change, ["members"], [])
	member in public
}

deny contains finding("google-dataset-public", change) if {
	some change in subjects("google-dataset-public")
	some entry in array.concat(setting(change, ["access"], []), [change.change.after])
	some key in ["special_group", "iam_member"]
	entry[key] in public
}

warn contains finding("google-kms-rotation", change) if {
	some change in subjects("google-kms-rotation")
	setting(change, ["purpose"], "ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT"
	setting(change, ["rotation_period"], "") == ""
	not later(change, ["rotation_period"])
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

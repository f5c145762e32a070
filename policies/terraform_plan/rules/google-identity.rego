# METADATA
# title: Google identities
# description: Nobody gets a basic role, nothing is granted to everybody, service accounts have no keys that never end.
# custom:
#   severity: high
package torque.terraform_plan

grants := [type |
	some holder in ["project", "folder", "organization"]
	some kind in ["iam_member", "iam_binding"]
	type := sprintf("google_%v_%v", [holder, kind])
]

rules := {
	"google-basic-role": {
		"types": grants,
		"severity": "high",
		"reason": "The role Owner or Editor gives nearly every right on everything.",
		"remedy": "Grant predefined or custom roles for the job at hand.",
		"references": ["https://cloud.google.com/iam/docs/roles-overview"],
	},
	"google-granted-to-everybody": {
		"types": array.concat(grants, [
			"google_cloud_run_service_iam_member", "google_cloud_run_v2_service_iam_member", "google_cloudfunctions_function_iam_member",
			"google_cloudfunctions2_function_iam_member", "google_pubsub_topic_iam_member", "google_kms_crypto_key_iam_member",
			"google_secret_manager_secret_iam_member", "google_artifact_registry_repository_iam_member",
		]),
		"severity": "high",
		"reason": "Anybody, or anybody with a Google account, gets this role.",
		"remedy": "Name groups or service accounts; put an authenticating load balancer before public services.",
		"references": ["https://cloud.google.com/iam/docs/principals-overview"],
	},
	"google-account-impersonation": {
		"types": grants,
		"severity": "medium",
		"reason": "Whoever gets this role may act as every service account below.",
		"remedy": "Grant it on single service accounts.",
		"references": ["https://cloud.google.com/iam/docs/service-account-permissions"],
	},
	"google-service-account-key": {
		"types": ["google_service_account_key"],
		"severity": "medium",
		"reason": "A key that never expires is made, and lands in the state.",
		"remedy": "Use workload identity federation or an attached service account.",
		"references": ["https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys"],
	},
}

deny contains finding("google-basic-role", change) if {
	some change in subjects("google-basic-role")
	setting(change, ["role"], "") in {"roles/owner", "roles/editor"}
}

deny contains finding("google-granted-to-everybody", change) if {
	some change in subjects("google-granted-to-everybody")
	some member in array.concat([setting(change, ["member"], "")], setting(change, ["members"], []))
	member in {"allUsers", "allAuthenticatedUsers"}
}

warn contains finding("google-account-impersonation", change) if {
	some change in subjects("google-account-impersonation")
	setting(change, ["role"], "") in {"roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"}
}

warn contains finding("google-service-account-key", change) if some change in subjects("google-service-account-key")

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

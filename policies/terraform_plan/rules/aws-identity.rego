# METADATA
# title: AWS identities and keys
# description: No policy allows everything, no role trusts everybody, keys rotate and people do not get keys that never end.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"aws-iam-all-actions": {
		"types": ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"],
		"severity": "high",
		"reason": "A statement allows every action on every resource.",
		"remedy": "Name the actions that are needed and the resources they are needed on.",
		"references": ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"],
	},
	"aws-iam-service-wildcard": {
		"types": ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"],
		"severity": "medium",
		"reason": "A statement allows all actions of a service on every resource.",
		"remedy": "Name actions or resources.",
		"references": ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"],
	},
	"aws-iam-administrator": {
		"types": ["aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment", "aws_iam_policy_attachment"],
		"severity": "high",
		"reason": "The managed policy gives an administrator's rights.",
		"remedy": "Attach a policy for the job at hand.",
		"references": ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html"],
	},
	"aws-iam-trusts-everybody": {
		"types": ["aws_iam_role"],
		"severity": "high",
		"reason": "Any AWS account may assume this role.",
		"remedy": "Name the account, role or service in Principal, or add a condition.",
		"references": ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"],
	},
	"aws-iam-access-key": {
		"types": ["aws_iam_access_key"],
		"severity": "medium",
		"reason": "A long-lived access key is made, and its secret lands in the state.",
		"remedy": "Use a role with temporary credentials.",
		"references": ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"],
	},
	"aws-kms-rotation": {
		"types": ["aws_kms_key"],
		"severity": "medium",
		"reason": "The key is never rotated.",
		"remedy": "Set enable_key_rotation to true.",
		"references": ["https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"],
	},
	"aws-resource-policy-public": {
		"types": ["aws_sns_topic_policy", "aws_sqs_queue_policy", "aws_ecr_repository_policy", "aws_kms_key", "aws_secretsmanager_secret_policy", "aws_lambda_permission", "aws_backup_vault_policy"],
		"severity": "high",
		"reason": "Anybody with an AWS account may use this resource.",
		"remedy": "Name the principals, or add a condition such as aws:PrincipalOrgID.",
		"references": ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"],
	},
}

deny contains finding("aws-iam-all-actions", change) if {
	some change in subjects("aws-iam-all-actions")
	some statement in statements(setting(change, ["policy"], ""))
	allows_everywhere(statement)
	some action in listed(statement, "Action")
	action in {"*", "*:*"}
}

warn contains finding("aws-iam-service-wildcard", change) if {
	some change in subjects("aws-iam-service-wildcard")
	some statement in statements(setting(change, ["policy"], ""))
	allows_everywhere(statement)
	some action in listed(statement, "Action")
	regex.match(`^[a-z0-9-]+:\*$`, action)
}

deny contains finding("aws-iam-administrator", change) if {
	some change in subjects("aws-iam-administrator")
	regex.match(`:policy/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$`, setting(change, ["policy_arn"], ""))
}

deny contains finding("aws-iam-trusts-everybody", change) if {
	some change in subjects("aws-iam-trusts-everybody")
	some statement in statements(setting(change, ["assume_role_policy"], ""))
	open_to_all(statement)
}

warn contains finding("aws-iam-access-key", change) if some change in subjects("aws-iam-access-key")

warn contains finding("aws-kms-rotation", change) if {
	some change in subjects("aws-kms-rotation")
	startswith(setting(change, ["customer_master_key_spec"], "SYMMETRIC_DEFAULT"), "SYMMETRIC")
	setting(change, ["enable_key_rotation"], false) != true
	not later(change, ["enable_key_rotation"])
}

deny contains finding("aws-resource-policy-public", change) if {
	some change in subjects("aws-resource-policy-public")
	some statement in statements(setting(change, ["policy"], ""))
	open_to_all(statement)
}

deny contains finding("aws-resource-policy-public", change) if {
	some change in subjects("aws-resource-policy-public")
	change.type == "aws_lambda_permission"
	setting(change, ["principal"], "") == "*"
	setting(change, ["principal_org_id"], "") == ""
}

statements(text) := [] if not json.is_valid(text)

statements(text) := list if {
	json.is_valid(text)
	document := json.unmarshal(text)
	is_object(document)
	list := [statement | some statement in as_list(object.get(document, "Statement", [])); is_object(statement)]
}

as_list(value) := value if is_array(value)

as_list(value) := [value] if not is_array(value)

listed(statement, key) := [item | some item in as_list(object.get(statement, key, [])); is_string(item)]

allows_everywhere(statement) if {
	statement.Effect == "Allow"
	"*" in listed(statement, "Resource")
}

open_to_all(statement) if {
	statement.Effect == "Allow"
	object.get(statement, "Condition", {}) in [{}, null]
	anybody(object.get(statement, "Principal", {}))
}

anybody("*") := true

anybody(principal) if "*" in as_list(principal.AWS)

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

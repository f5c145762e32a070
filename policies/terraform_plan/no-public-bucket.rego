# METADATA
# title: No public storage
# description: Refuses buckets, containers and accounts that anybody can read.
package torque.terraform_plan

deny contains {"msg": sprintf("%v is readable by anybody.", [change.address]), "rule": "no-public-bucket", "hint": "Serve public files through a distribution with origin access control."} if {
	some change in input.resource_changes
	some action in change.change.actions
	action in {"create", "update"}
	public(change.type, change.change.after)
}

public(type, after) if {
	type in {"aws_s3_bucket", "aws_s3_bucket_acl"}
	after.acl in {"public-read", "public-read-write", "website"}
}

public("aws_s3_bucket_public_access_block", after) if {
	some key in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	after[key] == false
}

public("aws_s3_bucket_policy", after) if {
	is_string(after.policy)
	policy := json.unmarshal(after.policy)
	some statement in statements(policy.Statement)
	statement.Effect == "Allow"
	anyone(statement.Principal)
	not statement.Condition
}

public("azurerm_storage_container", after) if after.container_access_type in {"blob", "container"}

public("azurerm_storage_account", after) if after.allow_nested_items_to_be_public == true

public(type, after) if {
	type in {"google_storage_bucket_iam_member", "google_storage_bucket_access_control"}
	some key in ["member", "entity"]
	after[key] in {"allUsers", "allAuthenticatedUsers"}
}

public("google_storage_bucket_iam_binding", after) if {
	some member in after.members
	member in {"allUsers", "allAuthenticatedUsers"}
}

statements(value) := value if is_array(value)

statements(value) := [value] if is_object(value)

anyone("*") := true

anyone(principal) if principal.AWS == "*"

anyone(principal) if "*" in principal.AWS

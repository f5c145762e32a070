package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_aws_iam_all_actions_is_found if "aws-iam-all-actions" in found("aws_iam_policy", {"policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}"})

test_aws_iam_all_actions_passes if not "aws-iam-all-actions" in found("aws_iam_policy", {"policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}]}"})

test_aws_iam_service_wildcard_is_found if "aws-iam-service-wildcard" in found("aws_iam_role_policy", {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:*\"], \"Resource\": \"*\"}}"})

test_aws_iam_service_wildcard_passes if not "aws-iam-service-wildcard" in found("aws_iam_role_policy", {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:*\"], \"Resource\": [\"arn:aws:s3:::one/*\"]}}"})

test_aws_iam_administrator_is_found if "aws-iam-administrator" in found("aws_iam_role_policy_attachment", {"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"})

test_aws_iam_administrator_passes if not "aws-iam-administrator" in found("aws_iam_role_policy_attachment", {"policy_arn": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"})

test_aws_iam_trusts_everybody_is_found if "aws-iam-trusts-everybody" in found("aws_iam_role", {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"AWS\": \"*\"}}}"})

test_aws_iam_trusts_everybody_passes if not "aws-iam-trusts-everybody" in found("aws_iam_role", {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}}}"})

test_aws_iam_access_key_is_found if "aws-iam-access-key" in found("aws_iam_access_key", {"user": "a"})

test_aws_iam_access_key_passes if not "aws-iam-access-key" in found("aws_iam_user", {"name": "a"})

test_aws_kms_rotation_is_found if "aws-kms-rotation" in found("aws_kms_key", {"enable_key_rotation": false})

test_aws_kms_rotation_passes if not "aws-kms-rotation" in found("aws_kms_key", {"enable_key_rotation": true})

test_aws_resource_policy_public_is_found if "aws-resource-policy-public" in found("aws_sns_topic_policy", {"policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sns:Publish\", \"Principal\": \"*\", \"Resource\": \"*\"}]}"})

test_aws_resource_policy_public_passes if not "aws-resource-policy-public" in found("aws_sns_topic_policy", {"policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sns:Publish\", \"Principal\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-1\"}}}]}"})

test_a_document_that_is_not_json_is_left_alone if count(found("aws_iam_policy", {"policy": "later"})) == 0

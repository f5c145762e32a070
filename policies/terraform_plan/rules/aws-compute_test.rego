package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_aws_ec2_metadata_token_is_found if "aws-ec2-metadata-token" in found("aws_instance", {"metadata_options": [{"http_tokens": "optional"}]})

test_aws_ec2_metadata_token_passes if not "aws-ec2-metadata-token" in found("aws_instance", {"metadata_options": [{"http_tokens": "required"}]})

test_aws_ec2_public_address_is_found if "aws-ec2-public-address" in found("aws_instance", {"associate_public_ip_address": true})

test_aws_ec2_public_address_passes if not "aws-ec2-public-address" in found("aws_instance", {"associate_public_ip_address": false})

test_aws_ec2_old_type_is_found if "aws-ec2-old-type" in found("aws_instance", {"instance_type": "m3.large"})

test_aws_ec2_old_type_passes if not "aws-ec2-old-type" in found("aws_instance", {"instance_type": "m7i.large"})

test_aws_ec2_oversized_is_found if "aws-ec2-oversized" in found("aws_instance", {"instance_type": "x1e.32xlarge"})

test_aws_ec2_oversized_passes if not "aws-ec2-oversized" in found("aws_instance", {"instance_type": "m7i.16xlarge"})

test_aws_launch_template_disk_is_found if "aws-launch-template-disk" in found("aws_launch_template", {"block_device_mappings": [{"ebs": [{"encrypted": "false"}]}]})

test_aws_launch_template_disk_passes if not "aws-launch-template-disk" in found("aws_launch_template", {"block_device_mappings": [{"ebs": [{"encrypted": "true"}]}]})

test_aws_lambda_open_url_is_found if "aws-lambda-open-url" in found("aws_lambda_function_url", {"authorization_type": "NONE"})

test_aws_lambda_open_url_passes if not "aws-lambda-open-url" in found("aws_lambda_function_url", {"authorization_type": "AWS_IAM"})

test_aws_lambda_runtime_is_found if "aws-lambda-runtime" in found("aws_lambda_function", {"runtime": "python3.7"})

test_aws_lambda_runtime_passes if not "aws-lambda-runtime" in found("aws_lambda_function", {"runtime": "python3.13"})

test_aws_ecs_privileged_is_found if "aws-ecs-privileged" in found("aws_ecs_task_definition", {"container_definitions": "[{\"name\": \"a\", \"privileged\": true}]"})

test_aws_ecs_privileged_passes if not "aws-ecs-privileged" in found("aws_ecs_task_definition", {"container_definitions": "[{\"name\": \"a\"}]"})

test_aws_eks_public_endpoint_is_found if "aws-eks-public-endpoint" in found("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": true, "public_access_cidrs": ["0.0.0.0/0"]}]})

test_aws_eks_public_endpoint_passes if not "aws-eks-public-endpoint" in found("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": true, "public_access_cidrs": ["192.0.2.0/24"]}]})

test_aws_eks_logs_is_found if "aws-eks-logs" in found("aws_eks_cluster", {"enabled_cluster_log_types": ["api"]})

test_aws_eks_logs_passes if not "aws-eks-logs" in found("aws_eks_cluster", {"enabled_cluster_log_types": ["api", "audit"]})

test_aws_ecr_scan_is_found if "aws-ecr-scan" in found("aws_ecr_repository", {"image_scanning_configuration": [{"scan_on_push": false}]})

test_aws_ecr_scan_passes if not "aws-ecr-scan" in found("aws_ecr_repository", {"image_scanning_configuration": [{"scan_on_push": true}]})

template_beside(type) := rules_of({"resource_changes": [
	{"address": "t", "type": "aws_launch_template", "change": {"actions": ["create"], "after": {}}},
	{"address": "x", "type": type, "change": {"actions": ["create"], "after": {"metadata_options": [{"http_tokens": "required"}]}}},
]})

test_a_silent_template_of_a_group_is_found if "aws-ec2-metadata-token" in template_beside("aws_autoscaling_group")

test_a_silent_template_of_an_instance_passes if not "aws-ec2-metadata-token" in template_beside("aws_instance")

test_a_machine_without_metadata_service_passes if not "aws-ec2-metadata-token" in found("aws_instance", {"metadata_options": [{"http_endpoint": "disabled"}]})

test_what_is_deleted_is_left_alone if count(rules_of({"resource_changes": [{"address": "x", "type": "aws_instance", "change": {"actions": ["delete"], "after": null}}]})) == 0

package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_aws_sns_encryption_is_found if "aws-sns-encryption" in found("aws_sns_topic", {"name": "a"})

test_aws_sns_encryption_passes if not "aws-sns-encryption" in found("aws_sns_topic", {"kms_master_key_id": "alias/aws/sns"})

test_aws_sqs_encryption_is_found if "aws-sqs-encryption" in found("aws_sqs_queue", {"sqs_managed_sse_enabled": false})

test_aws_sqs_encryption_passes if not "aws-sqs-encryption" in found("aws_sqs_queue", {"sqs_managed_sse_enabled": true})

test_aws_kinesis_encryption_is_found if "aws-kinesis-encryption" in found("aws_kinesis_stream", {"encryption_type": "NONE"})

test_aws_kinesis_encryption_passes if not "aws-kinesis-encryption" in found("aws_kinesis_stream", {"encryption_type": "KMS"})

test_aws_msk_transit_is_found if "aws-msk-transit" in found("aws_msk_cluster", {"encryption_info": [{"encryption_in_transit": [{"client_broker": "TLS_PLAINTEXT"}]}]})

test_aws_msk_transit_passes if not "aws-msk-transit" in found("aws_msk_cluster", {"encryption_info": [{"encryption_in_transit": [{"client_broker": "TLS"}]}]})

test_aws_search_https_is_found if "aws-search-https" in found("aws_opensearch_domain", {"domain_endpoint_options": [{"enforce_https": true, "tls_security_policy": "Policy-Min-TLS-1-0-2019-07"}]})

test_aws_search_https_passes if not "aws-search-https" in found("aws_opensearch_domain", {"domain_endpoint_options": [{"enforce_https": true, "tls_security_policy": "Policy-Min-TLS-1-2-2019-07"}]})

test_aws_search_encryption_is_found if "aws-search-encryption" in found("aws_opensearch_domain", {"encrypt_at_rest": [{"enabled": true}]})

test_aws_search_encryption_passes if not "aws-search-encryption" in found("aws_opensearch_domain", {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}]})

test_aws_cloudfront_https_is_found if "aws-cloudfront-https" in found("aws_cloudfront_distribution", {"default_cache_behavior": [{"viewer_protocol_policy": "allow-all"}]})

test_aws_cloudfront_https_passes if not "aws-cloudfront-https" in found("aws_cloudfront_distribution", {"default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}]})

test_aws_cloudfront_old_tls_is_found if "aws-cloudfront-old-tls" in found("aws_cloudfront_distribution", {"viewer_certificate": [{"acm_certificate_arn": "arn", "minimum_protocol_version": "TLSv1.1_2016"}]})

test_aws_cloudfront_old_tls_passes if not "aws-cloudfront-old-tls" in found("aws_cloudfront_distribution", {"viewer_certificate": [{"acm_certificate_arn": "arn", "minimum_protocol_version": "TLSv1.2_2021"}]})

test_aws_cloudtrail_validation_is_found if "aws-cloudtrail-validation" in found("aws_cloudtrail", {"enable_log_file_validation": false})

test_aws_cloudtrail_validation_passes if not "aws-cloudtrail-validation" in found("aws_cloudtrail", {"enable_log_file_validation": true})

test_aws_cloudtrail_regions_is_found if "aws-cloudtrail-regions" in found("aws_cloudtrail", {"is_multi_region_trail": false})

test_aws_cloudtrail_regions_passes if not "aws-cloudtrail-regions" in found("aws_cloudtrail", {"is_multi_region_trail": true})

test_aws_log_retention_is_found if "aws-log-retention" in found("aws_cloudwatch_log_group", {"retention_in_days": 0})

test_aws_log_retention_passes if not "aws-log-retention" in found("aws_cloudwatch_log_group", {"retention_in_days": 30})

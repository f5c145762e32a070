package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_aws_default_vpc_is_found if "aws-default-vpc" in found("aws_default_vpc", {})

test_aws_default_vpc_passes if not "aws-default-vpc" in found("aws_vpc", {})

test_aws_default_security_group_is_found if "aws-default-security-group" in found("aws_default_security_group", {"ingress": [{"protocol": "-1", "self": true}]})

test_aws_default_security_group_passes if not "aws-default-security-group" in found("aws_default_security_group", {"ingress": []})

test_aws_subnet_public_addresses_is_found if "aws-subnet-public-addresses" in found("aws_subnet", {"map_public_ip_on_launch": true})

test_aws_subnet_public_addresses_passes if not "aws-subnet-public-addresses" in found("aws_subnet", {"map_public_ip_on_launch": false})

test_aws_open_egress_is_found if "aws-open-egress" in found("aws_security_group", {"egress": [{"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}]})

test_aws_open_egress_passes if not "aws-open-egress" in found("aws_security_group", {"egress": [{"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"]}]})

test_aws_lb_plain_http_is_found if "aws-lb-plain-http" in found("aws_lb_listener", {"protocol": "HTTP", "default_action": [{"type": "forward"}]})

test_aws_lb_plain_http_passes if not "aws-lb-plain-http" in found("aws_lb_listener", {"protocol": "HTTP", "default_action": [{"type": "redirect"}]})

test_aws_lb_old_tls_is_found if "aws-lb-old-tls" in found("aws_lb_listener", {"protocol": "HTTPS", "ssl_policy": "ELBSecurityPolicy-2016-08"})

test_aws_lb_old_tls_passes if not "aws-lb-old-tls" in found("aws_lb_listener", {"protocol": "HTTPS", "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06"})

test_aws_lb_invalid_headers_is_found if "aws-lb-invalid-headers" in found("aws_lb", {"load_balancer_type": "application"})

test_aws_lb_invalid_headers_passes if not "aws-lb-invalid-headers" in found("aws_lb", {"drop_invalid_header_fields": true})

test_aws_lb_access_log_is_found if "aws-lb-access-log" in found("aws_lb", {"access_logs": [{"bucket": "b", "enabled": false}]})

test_aws_lb_access_log_passes if not "aws-lb-access-log" in found("aws_lb", {"access_logs": [{"bucket": "b", "enabled": true}]})

test_aws_vpc_flow_log_is_found if "aws-vpc-flow-log" in found("aws_vpc", {})

test_aws_vpc_flow_log_passes if not "aws-vpc-flow-log" in rules_of({"resource_changes": [
	{"address": "x", "type": "aws_vpc", "change": {"actions": ["create"], "after": {}}},
	{"address": "y", "type": "aws_flow_log", "change": {"actions": ["create"], "after": {}}},
]})

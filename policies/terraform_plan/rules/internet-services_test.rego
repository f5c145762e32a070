package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan with data.ports as [445, 2375, 9092]
}

test_open_service_port_is_found if "open-service-port" in found("aws_security_group", {"ingress": [{"from_port": 2375, "to_port": 2375, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]})

test_open_service_port_passes if not "open-service-port" in found("aws_security_group", {"ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]})

test_open_port_range_is_found if "open-port-range" in found("google_compute_firewall", {"source_ranges": ["0.0.0.0/0"], "allow": [{"protocol": "tcp", "ports": ["8000-9000"]}]})

test_open_port_range_passes if not "open-port-range" in found("google_compute_firewall", {"source_ranges": ["10.0.0.0/8"], "allow": [{"protocol": "tcp", "ports": ["8000-9000"]}]})

test_several_ports_at_once_are_seen if "open-service-port" in found("aws_security_group_rule", {"type": "ingress", "from_port": 9000, "to_port": 9100, "protocol": "tcp", "cidr_blocks": [], "ipv6_cidr_blocks": ["::/0"]})

test_azure_rules_are_read if "open-service-port" in found("azurerm_network_security_rule", {"direction": "Inbound", "access": "Allow", "source_address_prefix": "Internet", "destination_port_range": "445"})

test_azure_denials_pass if count(found("azurerm_network_security_rule", {"direction": "Inbound", "access": "Deny", "source_address_prefix": "*", "destination_port_range": "*"})) == 0

test_google_rules_without_ports_mean_all if {"open-service-port", "open-port-range"} == found("google_compute_firewall", {"source_ranges": ["0.0.0.0/0"], "allow": [{"protocol": "all"}]})

test_outgoing_rules_pass if count(found("aws_security_group_rule", {"type": "egress", "from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]})) == 0

test_azure_rules_without_a_direction_are_no_error if count(found("azurerm_network_security_rule", {"direction": null, "access": null, "source_address_prefix": "*", "destination_port_range": "445"})) == 0

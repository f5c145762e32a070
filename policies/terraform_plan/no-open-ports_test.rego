package torque.terraform_plan_test

import data.torque.terraform_plan

denied(type, after) := count(found) if {
	found := terraform_plan.deny with input as {"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after}}]}
		with data.ports as [22, 5432]
}

test_open_ssh_is_denied if denied("aws_security_group", {"ingress": [{"from_port": 20, "to_port": 25, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]}) == 1

test_open_ssh_over_ipv6_is_denied if denied("aws_security_group", {"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": [], "ipv6_cidr_blocks": ["::/0"]}]}) == 1

test_all_protocols_mean_all_ports if denied("aws_security_group_rule", {"type": "ingress", "from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}) == 2

test_a_named_network_passes if denied("aws_security_group", {"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]}]}) == 0

test_open_https_passes if denied("aws_vpc_security_group_ingress_rule", {"from_port": 443, "to_port": 443, "ip_protocol": "tcp", "cidr_ipv4": "0.0.0.0/0"}) == 0

test_egress_passes if denied("aws_security_group_rule", {"type": "egress", "from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}) == 0

test_azure_rules_are_read if denied("azurerm_network_security_rule", {"direction": "Inbound", "access": "Allow", "source_address_prefix": "*", "destination_port_range": "22-23"}) == 1

test_azure_denials_pass if denied("azurerm_network_security_rule", {"direction": "Inbound", "access": "Deny", "source_address_prefix": "*", "destination_port_range": "22"}) == 0

test_google_rules_are_read if denied("google_compute_firewall", {"source_ranges": ["0.0.0.0/0"], "allow": [{"protocol": "tcp", "ports": ["5432"]}]}) == 1

test_a_google_rule_without_ports_means_all if denied("google_compute_firewall", {"source_ranges": ["0.0.0.0/0"], "allow": [{"protocol": "tcp", "ports": []}]}) == 2

test_azure_rules_without_a_direction_are_no_error if denied("azurerm_network_security_rule", {"direction": null, "access": null, "source_address_prefix": "*", "destination_port_range": "22"}) == 0

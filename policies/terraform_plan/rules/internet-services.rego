# METADATA
# title: No open service ports
# description: Beyond administration and databases, refuses rules that let the whole internet reach services that trust their network.
# custom:
#   severity: high
#   data:
#     ports: { type: numbers, default: [20, 21, 23, 25, 111, 135, 137, 138, 139, 389, 445, 512, 513, 514, 873, 2049, 2375, 2376, 2379, 2380, 5601, 5900, 6443, 8500, 9042, 9092, 9300, 10250, 11211, 15672, 27018], title: Ports }
package torque.terraform_plan

rules := {
	"open-service-port": {
		"types": [],
		"severity": "high",
		"reason": "The whole internet may reach a service that trusts its network, such as a container engine, a cluster store or a file server.",
		"remedy": "Name the network that needs access.",
		"references": [
			"https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
			"https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
			"https://cloud.google.com/firewall/docs/firewalls",
		],
	},
	"open-port-range": {
		"types": ["aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "azurerm_network_security_group", "azurerm_network_security_rule", "google_compute_firewall"],
		"severity": "medium",
		"reason": "The whole internet may reach more than a hundred ports.",
		"remedy": "Open single ports, best through a load balancer.",
		"references": [
			"https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
			"https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
			"https://cloud.google.com/firewall/docs/firewalls",
		],
	},
}

deny contains object.union(finding("open-service-port", opening), {
	"msg": sprintf("%v: The whole internet may reach port %v, whose service trusts its network.", [opening.address, port]),
	"limit": {"path": "data.ports", "value": data.ports},
}) if {
	some opening in openings
	some port in data.ports
	opening.from <= port
	port <= opening.to
}

warn contains finding("open-port-range", opening) if {
	some opening in openings
	opening.to - opening.from > 100
}

everywhere := {"0.0.0.0/0", "::/0", "*", "internet", "any"}

openings contains {"address": change.address, "from": range.from, "to": range.to} if {
	some change in subjects("open-port-range")
	some rule in incoming(change)
	some source in sources(rule)
	is_string(source)
	lower(source) in everywhere
	some range in ranges(rule)
}

incoming(change) := setting(change, ["ingress"], []) if change.type == "aws_security_group"

incoming(change) := [change.change.after] if change.type == "aws_vpc_security_group_ingress_rule"

incoming(change) := [rule | rule := change.change.after; rule.type == "ingress"] if change.type == "aws_security_group_rule"

incoming(change) := [rule | some rule in setting(change, ["security_rule"], []); lets_in(rule)] if change.type == "azurerm_network_security_group"

incoming(change) := [rule | rule := change.change.after; lets_in(rule)] if change.type == "azurerm_network_security_rule"

incoming(change) := [object.union(allow, {"source_ranges": setting(change, ["source_ranges"], [])}) |
	setting(change, ["direction"], "INGRESS") == "INGRESS"
	some allow in setting(change, ["allow"], [])
] if {
	change.type == "google_compute_firewall"
}

lets_in(rule) if {
	is_string(rule.direction)
	regex.match(`(?i)^inbound$`, rule.direction)
	is_string(rule.access)
	regex.match(`(?i)^allow$`, rule.access)
}

sources(rule) := {source |
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "source_ranges", "source_address_prefixes"]
	some source in rule[key]
} | {rule[key] | some key in ["cidr_ipv4", "cidr_ipv6", "source_address_prefix"]}

ranges(rule) := [{"from": 0, "to": 65535}] if all_ports(rule)

ranges(rule) := array.concat(numbered, written) if {
	not all_ports(rule)
	numbered := [{"from": rule.from_port, "to": rule.to_port} | is_number(rule.from_port); is_number(rule.to_port)]
	listed := {text | some key in ["ports", "destination_port_ranges"]; some text in rule[key]} | {rule.destination_port_range | true}
	written := [{"from": to_number(parts[0]), "to": to_number(parts[count(parts) - 1])} |
		some text in listed
		is_string(text)
		regex.match(`^[0-9]+(-[0-9]+)?$`, text)
		parts := split(text, "-")
	]
}

all_ports(rule) if {
	some key in ["protocol", "ip_protocol"]
	rule[key] in {"-1", "all"}
}

all_ports(rule) if rule.destination_port_range == "*"

all_ports(rule) if "*" in rule.destination_port_ranges

all_ports(rule) if {
	rule.source_ranges
	count(object.get(rule, "ports", [])) == 0
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

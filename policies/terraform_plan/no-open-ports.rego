# METADATA
# title: No open admin or database ports
# description: Refuses rules that let the whole internet reach ports used for administration or databases.
# custom:
#   data:
#     ports: { type: numbers, default: [22, 3389, 5985, 5986, 1433, 1521, 3306, 5432, 6379, 9200, 27017], title: Ports }
package torque.terraform_plan

deny contains {
	"msg": sprintf("%v lets the whole internet reach port %v.", [opening.address, port]),
	"rule": "no-open-ports",
	"limit": {"path": "data.ports", "value": data.ports},
	"hint": "Name the network that needs access.",
} if {
	some opening in openings
	some port in data.ports
	opening.from <= port
	port <= opening.to
}

everywhere := {"0.0.0.0/0", "::/0", "*", "internet", "any"}

openings contains {"address": change.address, "from": low(rule), "to": high(rule)} if {
	some change in created
	change.type in {"aws_security_group", "aws_default_security_group"}
	some rule in change.change.after.ingress
	some source in array.concat(list(rule, "cidr_blocks"), list(rule, "ipv6_cidr_blocks"))
	source in everywhere
}

openings contains {"address": change.address, "from": low(rule), "to": high(rule)} if {
	some change in created
	change.type == "aws_security_group_rule"
	rule := change.change.after
	rule.type == "ingress"
	some source in array.concat(list(rule, "cidr_blocks"), list(rule, "ipv6_cidr_blocks"))
	source in everywhere
}

openings contains {"address": change.address, "from": low(rule), "to": high(rule)} if {
	some change in created
	change.type == "aws_vpc_security_group_ingress_rule"
	rule := change.change.after
	some key in ["cidr_ipv4", "cidr_ipv6"]
	rule[key] in everywhere
}

openings contains {"address": change.address, "from": range.from, "to": range.to} if {
	some change in created
	change.type == "azurerm_network_security_group"
	some rule in change.change.after.security_rule
	some range in azure_ranges(rule)
}

openings contains {"address": change.address, "from": range.from, "to": range.to} if {
	some change in created
	change.type == "azurerm_network_security_rule"
	some range in azure_ranges(change.change.after)
}

openings contains {"address": change.address, "from": range.from, "to": range.to} if {
	some change in created
	change.type == "google_compute_firewall"
	after := change.change.after
	object.get(after, "direction", "INGRESS") in {"INGRESS", null}
	some source in list(after, "source_ranges")
	source in everywhere
	some allow in after.allow
	some range in google_ranges(allow)
}

created := [change |
	some change in input.resource_changes
	change.type in firewalls
	some action in change.change.actions
	action in {"create", "update"}
]

firewalls := {
	"aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule",
	"azurerm_network_security_group", "azurerm_network_security_rule", "google_compute_firewall",
}

low(rule) := 0 if any_protocol(rule)

low(rule) := rule.from_port if not any_protocol(rule)

high(rule) := 65535 if any_protocol(rule)

high(rule) := rule.to_port if not any_protocol(rule)

any_protocol(rule) if rule.protocol in {"-1", "all"}

any_protocol(rule) if rule.ip_protocol in {"-1", "all"}

list(holder, key) := holder[key] if is_array(holder[key])

list(holder, key) := [] if not is_array(object.get(holder, key, null))

azure_ranges(rule) := [parsed |
	is_string(rule.direction)
	lower(rule.direction) == "inbound"
	is_string(rule.access)
	lower(rule.access) == "allow"
	some source in array.concat([object.get(rule, "source_address_prefix", "")], list(rule, "source_address_prefixes"))
	is_string(source)
	lower(source) in everywhere
	some text in array.concat([object.get(rule, "destination_port_range", "")], list(rule, "destination_port_ranges"))
	is_string(text)
	parsed := port_range(text)
]

google_ranges(allow) := [port_range(text) | some text in allow.ports] if count(list(allow, "ports")) > 0

google_ranges(allow) := [{"from": 0, "to": 65535}] if count(list(allow, "ports")) == 0

port_range("*") := {"from": 0, "to": 65535}

port_range(text) := {"from": to_number(parts[0]), "to": to_number(parts[1])} if {
	parts := split(text, "-")
	count(parts) == 2
}

port_range(text) := {"from": to_number(text), "to": to_number(text)} if regex.match(`^[0-9]+$`, text)

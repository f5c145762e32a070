# METADATA
# title: AWS networks and load balancers
# description: Nothing lives in default networks, subnets do not hand out public addresses, load balancers speak current TLS, traffic is logged.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"aws-default-vpc": {
		"types": ["aws_default_vpc", "aws_default_subnet"],
		"severity": "medium",
		"reason": "The account's default network is used; everything in it gets public addresses.",
		"remedy": "Make a network of its own for the environment.",
		"references": ["https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html"],
	},
	"aws-default-security-group": {
		"types": ["aws_default_security_group"],
		"severity": "medium",
		"reason": "The default security group lets traffic in, for everything that forgets to name a group.",
		"remedy": "Leave the default security group without rules.",
		"references": ["https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"],
	},
	"aws-subnet-public-addresses": {
		"types": ["aws_subnet"],
		"severity": "medium",
		"reason": "Every machine started in this subnet gets a public address.",
		"remedy": "Set map_public_ip_on_launch to false.",
		"references": ["https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html"],
	},
	"aws-vpc-flow-log": {
		"types": ["aws_vpc"],
		"severity": "low",
		"reason": "No flow log records who talks to whom in this network.",
		"remedy": "Add an aws_flow_log for the network.",
		"references": ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"],
	},
	"aws-open-egress": {
		"types": ["aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule"],
		"severity": "low",
		"reason": "Everything may be reached from here, on every port: stolen data leaves unhindered.",
		"remedy": "Name the ports and networks that are needed.",
		"references": ["https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"],
	},
	"aws-lb-plain-http": {
		"types": ["aws_lb_listener", "aws_alb_listener"],
		"severity": "medium",
		"reason": "The listener passes on plain HTTP.",
		"remedy": "Use HTTPS with a certificate, and let port 80 only redirect.",
		"references": ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"],
	},
	"aws-lb-old-tls": {
		"types": ["aws_lb_listener", "aws_alb_listener"],
		"severity": "high",
		"reason": "The listener still accepts TLS 1.0 or 1.1.",
		"remedy": "Use a security policy that begins at TLS 1.2, such as ELBSecurityPolicy-TLS13-1-2-2021-06.",
		"references": ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"],
	},
	"aws-lb-invalid-headers": {
		"types": ["aws_lb", "aws_alb"],
		"severity": "low",
		"reason": "Malformed headers reach the service, which makes request smuggling easier.",
		"remedy": "Set drop_invalid_header_fields to true.",
		"references": ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html"],
	},
	"aws-lb-access-log": {
		"types": ["aws_lb", "aws_alb", "aws_elb"],
		"severity": "low",
		"reason": "Requests are not logged.",
		"remedy": "Add access_logs with a bucket and enabled = true.",
		"references": ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html"],
	},
}

warn contains finding("aws-default-vpc", change) if some change in subjects("aws-default-vpc")

warn contains finding("aws-default-security-group", change) if {
	some change in subjects("aws-default-security-group")
	count(setting(change, ["ingress"], [])) > 0
}

warn contains finding("aws-subnet-public-addresses", change) if {
	some change in subjects("aws-subnet-public-addresses")
	setting(change, ["map_public_ip_on_launch"], false) == true
}

warn contains finding("aws-vpc-flow-log", change) if {
	some change in subjects("aws-vpc-flow-log")
	not has_flow_log
}

has_flow_log if {
	some change in input.resource_changes
	change.type == "aws_flow_log"
	change.change.actions != ["delete"]
}

warn contains finding("aws-open-egress", change) if {
	some change in subjects("aws-open-egress")
	some rule in outgoing(change)
	some protocol in ["protocol", "ip_protocol"]
	object.get(rule, protocol, null) in {"-1", "all"}
	everywhere(rule)
}

outgoing(change) := setting(change, ["egress"], []) if change.type == "aws_security_group"

outgoing(change) := [change.change.after] if change.type == "aws_vpc_security_group_egress_rule"

outgoing(change) := [rule | rule := change.change.after; rule.type == "egress"] if change.type == "aws_security_group_rule"

everywhere(rule) if {
	some key in ["cidr_blocks", "ipv6_cidr_blocks"]
	some network in rule[key]
	network in {"0.0.0.0/0", "::/0"}
}

everywhere(rule) if {
	some key in ["cidr_ipv4", "cidr_ipv6"]
	rule[key] in {"0.0.0.0/0", "::/0"}
}

warn contains finding("aws-lb-plain-http", change) if {
	some change in subjects("aws-lb-plain-http")
	setting(change, ["protocol"], "") == "HTTP"
	some action in setting(change, ["default_action"], [])
	action.type != "redirect"
}

deny contains finding("aws-lb-old-tls", change) if {
	some change in subjects("aws-lb-old-tls")
	setting(change, ["protocol"], "") in {"HTTPS", "TLS"}
	policy := setting(change, ["ssl_policy"], "ELBSecurityPolicy-2016-08")
	not regex.match(`TLS13-1-[23]|TLS-1-2|FS-1-2`, policy)
	not later(change, ["ssl_policy"])
}

warn contains finding("aws-lb-invalid-headers", change) if {
	some change in subjects("aws-lb-invalid-headers")
	setting(change, ["load_balancer_type"], "application") == "application"
	setting(change, ["drop_invalid_header_fields"], false) != true
	not later(change, ["drop_invalid_header_fields"])
}

warn contains finding("aws-lb-access-log", change) if {
	some change in subjects("aws-lb-access-log")
	setting(change, ["access_logs", 0, "enabled"], count(setting(change, ["access_logs"], [])) > 0) != true
	not later(change, ["access_logs", 0, "enabled"])
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

# METADATA
# title: Google machines, networks and clusters
# description: Machines have no public address and no rights by accident, networks are made on purpose, clusters know who calls.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"google-vm-full-access": {
		"types": ["google_compute_instance", "google_compute_instance_template", "google_container_node_pool"],
		"severity": "high",
		"reason": "The machine runs as the default service account with access to every API: whoever gets in owns the project.",
		"remedy": "Give it a service account of its own with the roles it needs.",
		"references": ["https://cloud.google.com/compute/docs/access/service-accounts"],
	},
	"google-vm-public-address": {
		"types": ["google_compute_instance", "google_compute_instance_template"],
		"severity": "medium",
		"reason": "The machine gets a public address.",
		"remedy": "Leave access_config out; use Identity-Aware Proxy to reach it and Cloud NAT for what it needs.",
		"references": ["https://cloud.google.com/compute/docs/ip-addresses"],
	},
	"google-vm-serial-port": {
		"types": ["google_compute_instance", "google_compute_instance_template", "google_compute_project_metadata"],
		"severity": "high",
		"reason": "The serial console is open: it knows no firewall.",
		"remedy": "Remove serial-port-enable from the metadata.",
		"references": ["https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-using-serial-console"],
	},
	"google-vm-os-login": {
		"types": ["google_compute_instance", "google_compute_project_metadata"],
		"severity": "medium",
		"reason": "OS Login is switched off: SSH keys in metadata outlive the people they belong to.",
		"remedy": "Set enable-oslogin to TRUE in the metadata.",
		"references": ["https://cloud.google.com/compute/docs/oslogin"],
	},
	"google-vm-shielded": {
		"types": ["google_compute_instance"],
		"severity": "low",
		"reason": "A changed boot loader would go unnoticed.",
		"remedy": "Add shielded_instance_config with enable_vtpm and enable_integrity_monitoring.",
		"references": ["https://cloud.google.com/compute/shielded-vm/docs/shielded-vm"],
	},
	"google-vm-ip-forwarding": {
		"types": ["google_compute_instance"],
		"severity": "medium",
		"reason": "The machine may send packets under foreign addresses.",
		"remedy": "Leave can_ip_forward at false, unless it is a router.",
		"references": ["https://cloud.google.com/vpc/docs/using-routes"],
	},
	"google-default-network": {
		"types": ["google_project", "google_compute_network"],
		"severity": "medium",
		"reason": "A network with a subnet in every region and the usual open rules is made.",
		"remedy": "Set auto_create_network, or auto_create_subnetworks, to false.",
		"references": ["https://cloud.google.com/vpc/docs/vpc"],
	},
	"google-subnet-private-access": {
		"types": ["google_compute_subnetwork"],
		"severity": "low",
		"reason": "Machines without a public address cannot reach Google's APIs from here.",
		"remedy": "Set private_ip_google_access to true.",
		"references": ["https://cloud.google.com/vpc/docs/private-google-access"],
	},
	"google-subnet-flow-log": {
		"types": ["google_compute_subnetwork"],
		"severity": "low",
		"reason": "No flow log records who talks to whom in this subnet.",
		"remedy": "Add a log_config block.",
		"references": ["https://cloud.google.com/vpc/docs/using-flow-logs"],
	},
	"google-old-tls": {
		"types": ["google_compute_ssl_policy"],
		"severity": "high",
		"reason": "Load balancers with this policy accept TLS below 1.2.",
		"remedy": "Set min_tls_version to TLS_1_2.",
		"references": ["https://cloud.google.com/load-balancing/docs/ssl-policies-concepts"],
	},
	"google-gke-old-authentication": {
		"types": ["google_container_cluster"],
		"severity": "high",
		"reason": "The cluster accepts client certificates, passwords or the rules from before roles.",
		"remedy": "Leave enable_legacy_abac at false and issue_client_certificate at false, and set no password.",
		"references": ["https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster"],
	},
	"google-gke-networks": {
		"types": ["google_container_cluster"],
		"severity": "medium",
		"reason": "The whole internet reaches the cluster's API.",
		"remedy": "Add master_authorized_networks_config, or enable_private_endpoint.",
		"references": ["https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster"],
	},
}

# Blocks of an instance, or of a cluster's nodes.
accounts(change) := array.concat(setting(change, ["service_account"], []), [account |
	some config in setting(change, ["node_config"], [])
	account := {"email": object.get(config, "service_account", null), "scopes": object.get(config, "oauth_scopes", [])}
])

deny contains finding("google-vm-full-access", change) if {
	some change in subjects("google-vm-full-access")
	some account in accounts(change)
	default_account(change, object.get(account, "email", null))
	some scope in account.scopes
	scope in {"cloud-platform", "https://www.googleapis.com/auth/cloud-platform"}
}

default_account(_, email) if {
	is_string(email)
	regex.match(`-compute@developer\.gserviceaccount\.com$|^default$`, email)
}

default_account(change, null) if not later(change, ["service_account", 0, "email"])

warn contains finding("google-vm-public-address", change) if {
	some change in subjects("google-vm-public-address")
	some interface in setting(change, ["network_interface"], [])
	some _ in interface.access_config
}

deny contains finding("google-vm-serial-port", change) if {
	some change in subjects("google-vm-serial-port")
	switched(change, "serial-port-enable") in {"true", "1"}
}

warn contains finding("google-vm-os-login", change) if {
	some change in subjects("google-vm-os-login")
	switched(change, "enable-oslogin") in {"false", "0"}
}

switched(change, name) := lower(sprintf("%v", [setting(change, ["metadata", name], "")]))

warn contains finding("google-vm-shielded", change) if {
	some change in subjects("google-vm-shielded")
	setting(change, ["shielded_instance_config", 0, "enable_integrity_monitoring"], false) != true
	not later(change, ["shielded_instance_config", 0, "enable_integrity_monitoring"])
}

warn contains finding("google-vm-ip-forwarding", change) if {
	some change in subjects("google-vm-ip-forwarding")
	setting(change, ["can_ip_forward"], false) == true
}

warn contains finding("google-default-network", change) if {
	some change in subjects("google-default-network")
	key := {"google_project": "auto_create_network", "google_compute_network": "auto_create_subnetworks"}[change.type]
	setting(change, [key], true) == true
	not later(change, [key])
}

# Subnets for load balancers and for peering take neither.
for_machines(change) if setting(change, ["purpose"], "PRIVATE") == "PRIVATE"

warn contains finding("google-subnet-private-access", change) if {
	some change in subjects("google-subnet-private-access")
	for_machines(change)
	setting(change, ["private_ip_google_access"], false) != true
	not later(change, ["private_ip_google_access"])
}

warn contains finding("google-subnet-flow-log", change) if {
	some change in subjects("google-subnet-flow-log")
	for_machines(change)
	count(setting(change, ["log_config"], [])) == 0
}

deny contains finding("google-old-tls", change) if {
	some change in subjects("google-old-tls")
	setting(change, ["min_tls_version"], "TLS_1_0") in {"TLS_1_0", "TLS_1_1"}
	not later(change, ["min_tls_version"])
}

deny contains finding("google-gke-old-authentication", change) if {
	some change in subjects("google-gke-old-authentication")
	setting(change, ["enable_legacy_abac"], false) == true
}

deny contains finding("google-gke-old-authentication", change) if {
	some change in subjects("google-gke-old-authentication")
	setting(change, ["master_auth", 0, "client_certificate_config", 0, "issue_client_certificate"], false) == true
}

deny contains finding("google-gke-old-authentication", change) if {
	some change in subjects("google-gke-old-authentication")
	setting(change, ["master_auth", 0, "password"], "") != ""
}

warn contains finding("google-gke-networks", change) if {
	some change in subjects("google-gke-networks")
	count(setting(change, ["master_authorized_networks_config"], [])) == 0
	setting(change, ["private_cluster_config", 0, "enable_private_endpoint"], false) != true
	not later(change, ["master_authorized_networks_config"])
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

# METADATA
# title: Planned machine types
# description: Holds the machine types that a plan would really make against the allowed ones.
# custom:
#   data_from: allowed-instance-types
package torque.terraform_plan

deny contains {
	"msg": sprintf("%v would be a %v, which is not allowed here.", [change.address, name]),
	"rule": "planned-instance-types",
	"limit": {"path": "data.allowed", "value": data.allowed},
	"allowed": data.allowed,
	"slot": "instance_type",
} if {
	some change in input.resource_changes
	some action in change.change.actions
	action in {"create", "update"}
	some key in keys[change.type]
	name := change.change.after[key]
	is_string(name)
	not matches(name, data.allowed)
	not matches(name, data.approval)
}

keys := {
	"aws_instance": ["instance_type"],
	"aws_launch_template": ["instance_type"],
	"aws_launch_configuration": ["instance_type"],
	"aws_db_instance": ["instance_class"],
	"aws_rds_cluster_instance": ["instance_class"],
	"azurerm_linux_virtual_machine": ["size"],
	"azurerm_windows_virtual_machine": ["size"],
	"google_compute_instance": ["machine_type"],
}

matches(name, patterns) if {
	some pattern in patterns
	glob.match(lower(pattern), null, lower(name))
}

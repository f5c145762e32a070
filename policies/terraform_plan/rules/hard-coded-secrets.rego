# METADATA
# title: No secrets in the code
# description: Passwords, keys and tokens come from inputs, credentials or a secret store, never from the module's own text.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"secret-in-argument": {
		"types": [],
		"severity": "high",
		"reason": "A password, key or token is written into the module.",
		"remedy": "Take it from a sensitive input, or let the service make and keep it.",
		"references": ["https://developer.hashicorp.com/terraform/language/manage-sensitive-data"],
	},
	"secret-in-provider": {
		"types": [],
		"severity": "high",
		"reason": "The provider's credentials are written into the module.",
		"remedy": "Leave them out: they are given to the run from the space's credentials.",
		"references": ["https://developer.hashicorp.com/terraform/language/providers/configuration"],
	},
	"secret-in-default": {
		"types": [],
		"severity": "medium",
		"reason": "A sensitive variable has a default, so the secret is in the code.",
		"remedy": "Remove the default and ask for the value.",
		"references": ["https://developer.hashicorp.com/terraform/language/values/variables"],
	},
	"secret-in-script": {
		"types": ["aws_instance", "aws_launch_template", "aws_launch_configuration", "aws_ecs_task_definition", "azurerm_linux_virtual_machine", "google_compute_instance", "google_compute_instance_template"],
		"severity": "high",
		"reason": "A start script or container definition holds an access key or a private key.",
		"remedy": "Give the machine a role, or let it fetch the secret from a secret store.",
		"references": [
			"https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
			"https://learn.microsoft.com/azure/virtual-machines/custom-data",
			"https://cloud.google.com/compute/docs/instances/startup-scripts",
		],
	},
	"secret-in-environment": {
		"types": ["aws_lambda_function", "aws_ecs_task_definition"],
		"severity": "medium",
		"reason": "A secret is passed in a plain environment variable: whoever may read the definition may read it.",
		"remedy": "Refer to Secrets Manager or Parameter Store instead.",
		"references": ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html"],
	},
}

secret_arguments := {
	"password", "master_password", "admin_password", "administrator_password", "administrator_login_password", "root_password",
	"secret_string", "secret_data", "client_secret", "auth_token", "access_key", "secret_key", "api_key", "private_key", "private_key_pem",
}

# Modules nested to the eighth level, each with the beginning of its resources' addresses.
modules := array.concat([root], [found |
	some depth in [one, two, three, four, five, six, seven, eight]
	some found in depth
])

root := {"prefix": "", "module": object.get(input, ["configuration", "root_module"], {})}

one := called([root])

two := called(one)

three := called(two)

four := called(three)

five := called(four)

six := called(five)

seven := called(six)

eight := called(seven)

called(callers) := [{"prefix": sprintf("%vmodule.%v.", [caller.prefix, name]), "module": call.module} |
	some caller in callers
	some name, call in caller.module.module_calls
	is_object(call.module)
]

is_written(expression) if {
	text := expression.constant_value
	not text in {null, ""}
}

deny contains finding("secret-in-argument", {"address": concat("", [found.prefix, resource.address])}) if {
	some found in modules
	some resource in found.module.resources
	some expressions in blocks(resource.expressions)
	some name in object.keys(expressions) & secret_arguments
	is_written(expressions[name])
}

# The resource's own arguments and those of its blocks.
blocks(expressions) := array.concat([expressions], [block |
	some value in expressions
	is_array(value)
	some block in value
	is_object(block)
])

deny contains finding("secret-in-provider", {"address": sprintf("provider %v", [name])}) if {
	some name, provider in input.configuration.provider_config
	some argument in secret_arguments | {"token", "credentials", "sas_token"}
	is_written(provider.expressions[argument])
}

warn contains finding("secret-in-default", {"address": sprintf("%vvar.%v", [found.prefix, name])}) if {
	some found in modules
	some name, variable in found.module.variables
	variable.sensitive == true
	is_string(variable.default)
	variable.default != ""
}

deny contains finding("secret-in-script", change) if {
	some change in subjects("secret-in-script")
	some text in scripts(change)
	regex.match(`\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----`, text)
}

scripts(change) := array.concat(plain, decoded) if {
	keys := [["user_data"], ["container_definitions"], ["metadata_startup_script"], ["metadata", "startup-script"], ["metadata", "user-data"]]
	plain := [text | some path in keys; text := setting(change, path, ""); is_string(text)]
	decoded := [base64.decode(text) |
		some key in ["user_data", "user_data_base64", "custom_data"]
		text := setting(change, [key], "")
		base64.is_valid(text)
	]
}

warn contains finding("secret-in-environment", change) if {
	some change in subjects("secret-in-environment")
	some name, text in variables(change)
	regex.match(`(?i)(password|passwd|secret|token|api_?key|private_?key)$`, name)
	is_string(text)
	text != ""
}

variables(change) := setting(change, ["environment", 0, "variables"], {}) if change.type == "aws_lambda_function"

variables(change) := {entry.name: entry.value |
	some container in json.unmarshal(setting(change, ["container_definitions"], "[]"))
	some entry in container.environment
} if {
	change.type == "aws_ecs_task_definition"
	json.is_valid(setting(change, ["container_definitions"], "[]"))
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

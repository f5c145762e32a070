package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_secret_in_script_is_found if "secret-in-script" in found("aws_instance", {"user_data": "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAAAAAAAAAAAAAAAAA\n"})

test_secret_in_script_passes if not "secret-in-script" in found("aws_instance", {"user_data": "#!/bin/sh\necho hello\n"})

test_secret_in_environment_is_found if "secret-in-environment" in found("aws_lambda_function", {"environment": [{"variables": {"DB_PASSWORD": "x"}}]})

test_secret_in_environment_passes if not "secret-in-environment" in found("aws_lambda_function", {"environment": [{"variables": {"DB_HOST": "x"}}]})

module(resources) := {"configuration": {"root_module": {"module_calls": {"db": {"module": {"resources": resources}}}}}}

entries_of(plan) := entries if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_secret_in_argument_is_found if {
	entries := entries_of(module([{"address": "aws_db_instance.a", "expressions": {"password": {"constant_value": "hidden"}}}]))
	some entry in entries
	entry.rule == "secret-in-argument"
	entry.address == "module.db.aws_db_instance.a"
}

test_a_secret_in_a_block_is_found if "secret-in-argument" in rules_of({"configuration": {"root_module": {"resources": [{
	"address": "azurerm_virtual_machine.a",
	"expressions": {"os_profile": [{"admin_password": {"constant_value": "hidden"}}]},
}]}}})

test_secret_in_argument_passes if not "secret-in-argument" in rules_of(module([{"address": "a.b", "expressions": {"password": {"references": ["var.password"]}}}]))

test_secret_in_provider_is_found if "secret-in-provider" in rules_of({"configuration": {"provider_config": {"aws": {"expressions": {"secret_key": {"constant_value": "hidden"}}}}}})

test_secret_in_provider_passes if not "secret-in-provider" in rules_of({"configuration": {"provider_config": {"aws": {"expressions": {"region": {"constant_value": "eu-central-1"}}}}}})

test_secret_in_default_is_found if "secret-in-default" in rules_of({"configuration": {"root_module": {"variables": {"token": {"sensitive": true, "default": "hidden"}}}}})

test_secret_in_default_passes if not "secret-in-default" in rules_of({"configuration": {"root_module": {"variables": {"token": {"sensitive": true}}}}})

package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_google_basic_role_is_found if "google-basic-role" in found("google_project_iam_member", {"role": "roles/editor", "member": "user:a@b.example"})

test_google_basic_role_passes if not "google-basic-role" in found("google_project_iam_member", {"role": "roles/viewer", "member": "user:a@b.example"})

test_google_granted_to_everybody_is_found if "google-granted-to-everybody" in found("google_cloud_run_service_iam_member", {"role": "roles/run.invoker", "member": "allUsers"})

test_google_granted_to_everybody_passes if not "google-granted-to-everybody" in found("google_cloud_run_service_iam_member", {"role": "roles/run.invoker", "member": "group:a@b.example"})

test_google_account_impersonation_is_found if "google-account-impersonation" in found("google_project_iam_binding", {"role": "roles/iam.serviceAccountTokenCreator", "members": []})

test_google_account_impersonation_passes if not "google-account-impersonation" in found("google_project_iam_binding", {"role": "roles/logging.viewer", "members": []})

test_google_service_account_key_is_found if "google-service-account-key" in found("google_service_account_key", {})

test_google_service_account_key_passes if not "google-service-account-key" in found("google_service_account", {})

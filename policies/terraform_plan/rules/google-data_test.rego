package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_google_sql_open_network_is_found if "google-sql-open-network" in found("google_sql_database_instance", {"settings": [{"ip_configuration": [{"authorized_networks": [{"value": "0.0.0.0/0"}]}]}]})

test_google_sql_open_network_passes if not "google-sql-open-network" in found("google_sql_database_instance", {"settings": [{"ip_configuration": [{"authorized_networks": [{"value": "192.0.2.0/24"}]}]}]})

test_google_sql_public_address_is_found if "google-sql-public-address" in found("google_sql_database_instance", {"settings": [{"ip_configuration": [{"ipv4_enabled": true}]}]})

test_google_sql_public_address_passes if not "google-sql-public-address" in found("google_sql_database_instance", {"settings": [{"ip_configuration": [{"ipv4_enabled": false}]}]})

test_google_sql_tls_is_found if "google-sql-tls" in found("google_sql_database_instance", {"settings": [{"ip_configuration": [{"ssl_mode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED"}]}]})

test_google_sql_tls_passes if not "google-sql-tls" in found("google_sql_database_instance", {"settings": [{"ip_configuration": [{"ssl_mode": "ENCRYPTED_ONLY"}]}]})

test_google_sql_backup_is_found if "google-sql-backup" in found("google_sql_database_instance", {"settings": [{"backup_configuration": []}]})

test_google_sql_backup_passes if not "google-sql-backup" in found("google_sql_database_instance", {"settings": [{"backup_configuration": [{"enabled": true}]}]})

test_google_sql_deletion_protection_is_found if "google-sql-deletion-protection" in found("google_sql_database_instance", {"deletion_protection": false})

test_google_sql_deletion_protection_passes if not "google-sql-deletion-protection" in found("google_sql_database_instance", {"deletion_protection": true})

test_google_bucket_uniform_access_is_found if "google-bucket-uniform-access" in found("google_storage_bucket", {"uniform_bucket_level_access": false})

test_google_bucket_uniform_access_passes if not "google-bucket-uniform-access" in found("google_storage_bucket", {"uniform_bucket_level_access": true})

test_google_bucket_public_access_prevention_is_found if "google-bucket-public-access-prevention" in found("google_storage_bucket", {"public_access_prevention": "inherited"})

test_google_bucket_public_access_prevention_passes if not "google-bucket-public-access-prevention" in found("google_storage_bucket", {"public_access_prevention": "enforced"})

test_google_bucket_versioning_is_found if "google-bucket-versioning" in found("google_storage_bucket", {"versioning": []})

test_google_bucket_versioning_passes if not "google-bucket-versioning" in found("google_storage_bucket", {"versioning": [{"enabled": true}]})

test_google_dataset_public_is_found if "google-dataset-public" in found("google_bigquery_dataset", {"access": [{"role": "READER", "special_group": "allAuthenticatedUsers"}]})

test_google_dataset_public_passes if not "google-dataset-public" in found("google_bigquery_dataset", {"access": [{"role": "READER", "special_group": "projectReaders"}]})

test_google_kms_rotation_is_found if "google-kms-rotation" in found("google_kms_crypto_key", {"rotation_period": null})

test_google_kms_rotation_passes if not "google-kms-rotation" in found("google_kms_crypto_key", {"rotation_period": "7776000s"})

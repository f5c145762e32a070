package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_google_vm_full_access_is_found if "google-vm-full-access" in found("google_compute_instance", {"service_account": [{"email": null, "scopes": ["https://www.googleapis.com/auth/cloud-platform"]}]})

test_google_vm_full_access_passes if not "google-vm-full-access" in found("google_compute_instance", {"service_account": [{"email": "app@p.iam.gserviceaccount.com", "scopes": ["https://www.googleapis.com/auth/cloud-platform"]}]})

test_google_vm_public_address_is_found if "google-vm-public-address" in found("google_compute_instance", {"network_interface": [{"access_config": [{}]}]})

test_google_vm_public_address_passes if not "google-vm-public-address" in found("google_compute_instance", {"network_interface": [{"access_config": []}]})

test_google_vm_serial_port_is_found if "google-vm-serial-port" in found("google_compute_instance", {"metadata": {"serial-port-enable": "TRUE"}})

test_google_vm_serial_port_passes if not "google-vm-serial-port" in found("google_compute_instance", {"metadata": {"serial-port-enable": "false"}})

test_google_vm_os_login_is_found if "google-vm-os-login" in found("google_compute_instance", {"metadata": {"enable-oslogin": "FALSE"}})

test_google_vm_os_login_passes if not "google-vm-os-login" in found("google_compute_instance", {"metadata": {"enable-oslogin": "TRUE"}})

test_google_vm_shielded_is_found if "google-vm-shielded" in found("google_compute_instance", {"shielded_instance_config": []})

test_google_vm_shielded_passes if not "google-vm-shielded" in found("google_compute_instance", {"shielded_instance_config": [{"enable_integrity_monitoring": true}]})

test_google_vm_ip_forwarding_is_found if "google-vm-ip-forwarding" in found("google_compute_instance", {"can_ip_forward": true})

test_google_vm_ip_forwarding_passes if not "google-vm-ip-forwarding" in found("google_compute_instance", {"can_ip_forward": false})

test_google_default_network_is_found if "google-default-network" in found("google_project", {"auto_create_network": true})

test_google_default_network_passes if not "google-default-network" in found("google_project", {"auto_create_network": false})

test_google_subnet_private_access_is_found if "google-subnet-private-access" in found("google_compute_subnetwork", {})

test_google_subnet_private_access_passes if not "google-subnet-private-access" in found("google_compute_subnetwork", {"private_ip_google_access": true})

test_google_subnet_flow_log_is_found if "google-subnet-flow-log" in found("google_compute_subnetwork", {"log_config": []})

test_google_subnet_flow_log_passes if not "google-subnet-flow-log" in found("google_compute_subnetwork", {"log_config": [{"flow_sampling": 0.5}]})

test_google_old_tls_is_found if "google-old-tls" in found("google_compute_ssl_policy", {"min_tls_version": "TLS_1_0"})

test_google_old_tls_passes if not "google-old-tls" in found("google_compute_ssl_policy", {"min_tls_version": "TLS_1_2"})

test_google_gke_old_authentication_is_found if "google-gke-old-authentication" in found("google_container_cluster", {"enable_legacy_abac": true})

test_google_gke_old_authentication_passes if not "google-gke-old-authentication" in found("google_container_cluster", {"enable_legacy_abac": false})

test_google_gke_networks_is_found if "google-gke-networks" in found("google_container_cluster", {"master_authorized_networks_config": []})

test_google_gke_networks_passes if not "google-gke-networks" in found("google_container_cluster", {"master_authorized_networks_config": [{"cidr_blocks": []}]})

test_google_vm_without_an_address_is_no_error if not "google-vm-public-address" in found("google_compute_instance", {"network_interface": [{"access_config": null}]})

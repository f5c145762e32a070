package torque.terraform_plan_test

import data.torque.terraform_plan

# The rules that speak up about one planned resource, whether they deny or warn.
found(type, after) := rules_of({"resource_changes": [{"address": "x", "type": type, "change": {"actions": ["create"], "after": after, "after_unknown": {}}}]})

rules_of(plan) := {entry.rule | some entry in entries} if {
	entries := terraform_plan.deny | terraform_plan.warn with input as plan
}

test_azure_vm_password_is_found if "azure-vm-password" in found("azurerm_linux_virtual_machine", {"disable_password_authentication": false})

test_azure_vm_password_passes if not "azure-vm-password" in found("azurerm_linux_virtual_machine", {"disable_password_authentication": true})

test_azure_vm_host_encryption_is_found if "azure-vm-host-encryption" in found("azurerm_linux_virtual_machine", {})

test_azure_vm_host_encryption_passes if not "azure-vm-host-encryption" in found("azurerm_linux_virtual_machine", {"encryption_at_host_enabled": true})

test_azure_vm_old_size_is_found if "azure-vm-old-size" in found("azurerm_linux_virtual_machine", {"size": "Standard_D2_v2"})

test_azure_vm_old_size_passes if not "azure-vm-old-size" in found("azurerm_linux_virtual_machine", {"size": "Standard_D2s_v5"})

test_azure_app_https_is_found if "azure-app-https" in found("azurerm_linux_web_app", {"https_only": false})

test_azure_app_https_passes if not "azure-app-https" in found("azurerm_linux_web_app", {"https_only": true})

test_azure_app_tls_is_found if "azure-app-tls" in found("azurerm_linux_web_app", {"site_config": [{"minimum_tls_version": "1.0"}]})

test_azure_app_tls_passes if not "azure-app-tls" in found("azurerm_linux_web_app", {"site_config": [{"minimum_tls_version": "1.2"}]})

test_azure_app_ftp_is_found if "azure-app-ftp" in found("azurerm_linux_web_app", {"site_config": [{"ftps_state": "AllAllowed"}]})

test_azure_app_ftp_passes if not "azure-app-ftp" in found("azurerm_linux_web_app", {"site_config": [{"ftps_state": "FtpsOnly"}]})

test_azure_app_debugging_is_found if "azure-app-debugging" in found("azurerm_windows_web_app", {"site_config": [{"remote_debugging_enabled": true}]})

test_azure_app_debugging_passes if not "azure-app-debugging" in found("azurerm_windows_web_app", {"site_config": [{"remote_debugging_enabled": false}]})

test_azure_aks_rbac_is_found if "azure-aks-rbac" in found("azurerm_kubernetes_cluster", {"role_based_access_control_enabled": false})

test_azure_aks_rbac_passes if not "azure-aks-rbac" in found("azurerm_kubernetes_cluster", {"role_based_access_control_enabled": true})

test_azure_aks_networks_is_found if "azure-aks-networks" in found("azurerm_kubernetes_cluster", {"private_cluster_enabled": false})

test_azure_aks_networks_passes if not "azure-aks-networks" in found("azurerm_kubernetes_cluster", {"api_server_access_profile": [{"authorized_ip_ranges": ["192.0.2.0/24"]}]})

test_azure_registry_admin_is_found if "azure-registry-admin" in found("azurerm_container_registry", {"admin_enabled": true})

test_azure_registry_admin_passes if not "azure-registry-admin" in found("azurerm_container_registry", {"admin_enabled": false})

test_azure_registry_anonymous_is_found if "azure-registry-anonymous" in found("azurerm_container_registry", {"anonymous_pull_enabled": true})

test_azure_registry_anonymous_passes if not "azure-registry-anonymous" in found("azurerm_container_registry", {"anonymous_pull_enabled": false})

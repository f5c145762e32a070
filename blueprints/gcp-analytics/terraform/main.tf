terraform {
  required_version = ">= 1.5"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region

  default_labels = local.labels
}

variable "project" {
  type        = string
  description = "Google Cloud project."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "Use the project's id: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  type        = string
  description = "Region everything is made in."
}

variable "name" {
  type        = string
  description = "Prefix of all names; unique per environment."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "Use 2 to 41 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "database_tier" {
  type        = string
  description = "Machine of the metadata database."
}

variable "database_gb" {
  type        = number
  description = "Storage of the metadata database."
  default     = 20
}

variable "machine_type" {
  type        = string
  description = "Machine of the notebook host."
}

variable "retention_days" {
  type        = number
  description = "Days after which raw files and tables expire."
  default     = 30
}

variable "environment_class" {
  type        = string
  description = "development, staging or production."
}

variable "owner" {
  type        = string
  description = "Who answers for it."
}

variable "cost_center" {
  type        = string
  description = "Who pays for it."
}

locals {
  is_production = var.environment_class == "production"

  # Labels allow lower-case letters, digits, - and _ only.
  labels = {
    owner              = replace(lower(var.owner), "/[^a-z0-9_-]/", "-")
    cost-center        = replace(lower(var.cost_center), "/[^a-z0-9_-]/", "-")
    environment-class  = var.environment_class
    gantry-environment = var.name
  }
}

resource "google_bigquery_dataset" "analytics" {
  dataset_id                  = replace(var.name, "-", "_")
  location                    = var.region
  description                 = "Data set of ${var.name}"
  default_table_expiration_ms = local.is_production ? null : var.retention_days * 86400000
  delete_contents_on_destroy  = !local.is_production
  labels                      = local.labels
}

resource "google_storage_bucket" "raw" {
  name                        = "${var.project}-${var.name}-raw"
  location                    = upper(var.region)
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !local.is_production
  labels                      = local.labels

  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      age = var.retention_days
    }

    action {
      type = "Delete"
    }
  }
}

resource "google_compute_network" "main" {
  name                    = var.name
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "main" {
  name                     = var.name
  region                   = var.region
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.80.0.0/24"
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "EXCLUDE_ALL_METADATA"
  }
}

# Only Google's identity-aware proxy may open a shell.
resource "google_compute_firewall" "shell" {
  name          = "${var.name}-shell"
  network       = google_compute_network.main.id
  direction     = "INGRESS"
  source_ranges = ["35.235.240.0/20"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_global_address" "services" {
  name          = "${var.name}-services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
  network       = google_compute_network.main.id
}

resource "google_service_networking_connection" "services" {
  network                 = google_compute_network.main.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
}

resource "google_sql_database_instance" "metadata" {
  name                = "${var.name}-metadata"
  region              = var.region
  database_version    = "POSTGRES_16"
  deletion_protection = local.is_production

  settings {
    tier              = var.database_tier
    edition           = "ENTERPRISE"
    availability_type = local.is_production ? "REGIONAL" : "ZONAL"
    disk_type         = "PD_SSD"
    disk_size         = var.database_gb
    disk_autoresize   = false
    user_labels       = local.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.main.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled = true
    }
  }

  depends_on = [google_service_networking_connection.services]
}

resource "google_service_account" "notebook" {
  account_id   = substr("${var.name}-notebook", 0, 30)
  display_name = "Notebook host of ${var.name}"
}

resource "google_bigquery_dataset_iam_member" "notebook" {
  dataset_id = google_bigquery_dataset.analytics.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = "serviceAccount:${google_service_account.notebook.email}"
}

resource "google_storage_bucket_iam_member" "notebook" {
  bucket = google_storage_bucket.raw.name
  role   = "roles/storage.objectUser"
  member = "serviceAccount:${google_service_account.notebook.email}"
}

resource "google_compute_instance" "notebook" {
  name         = "${var.name}-notebook"
  machine_type = var.machine_type
  zone         = "${var.region}-b"
  labels       = local.labels

  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
      size  = 50
      type  = "pd-balanced"
    }
  }

  # No access_config: the machine has no public address.
  network_interface {
    subnetwork = google_compute_subnetwork.main.id
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  metadata = {
    enable-oslogin         = "TRUE"
    block-project-ssh-keys = "TRUE"
  }

  service_account {
    email  = google_service_account.notebook.email
    scopes = ["cloud-platform"]
  }
}

output "dataset" {
  description = "BigQuery data set."
  value       = "${var.project}.${google_bigquery_dataset.analytics.dataset_id}"
}

output "bucket" {
  description = "Bucket for raw files."
  value       = google_storage_bucket.raw.url
}

output "database_connection" {
  description = "Connection name of the metadata database."
  value       = google_sql_database_instance.metadata.connection_name
}

output "notebook_command" {
  description = "Opens the notebook's port through the identity-aware proxy."
  value       = "gcloud compute start-iap-tunnel ${google_compute_instance.notebook.name} 8888 --zone ${google_compute_instance.notebook.zone} --local-host-port=localhost:8888"
}

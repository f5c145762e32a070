provider "google" {
  project = "lab"
  region  = "europe-west1"
  zone    = "europe-west1-b"
}

resource "google_compute_instance" "bench" {
  name         = "bench"
  machine_type = "e2-standard-4"
  zone         = "europe-west1-b"

  boot_disk {
    initialize_params {
      size = 100
      type = "pd-ssd"
    }
  }

  network_interface {
    network = "default"
  }
}

resource "google_compute_instance" "cheap" {
  name         = "cheap"
  machine_type = "e2-standard-4"
  zone         = "europe-west1-b"

  boot_disk {
    initialize_params {}
  }

  scheduling {
    preemptible = true
  }

  network_interface {
    network = "default"
  }
}

resource "google_storage_bucket" "results" {
  name     = "results"
  location = "EU"
}

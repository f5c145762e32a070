resource "terraform_data" "p" {
  input = "x"
  provisioner "local-exec" {
    command = "echo ${self.input}"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo bye"
  }
  lifecycle { replace_triggered_by = [terraform_data.q] }
  depends_on = [terraform_data.q]
}
resource "terraform_data" "q" {}

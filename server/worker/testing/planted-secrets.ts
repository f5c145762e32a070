import { createHash, randomBytes } from "node:crypto";

/** What must be found nowhere: one text for each way a secret comes into an environment. */
export type Canary =
  | "sensitive input"
  | "sensitive input the module does not mark"
  | "credential"
  | "sensitive output made by Terraform"
  | "sensitive output made by a command"
  | "value in the state alone"
  | "password a command makes and prints";
export type Canaries = Record<Canary, string>;

/** A text that occurs by no accident. */
const plant = (word: string) => `${word}${randomBytes(12).toString("hex")}Q`;

const derived = (word: string, input: string) => word + createHash("sha256").update(input).digest("hex").slice(0, 24);

export function plantCanaries(): Canaries {
  const input = plant("Zi");
  return {
    "sensitive input": input,
    "sensitive input the module does not mark": plant("Zu"),
    credential: plant("Zc"),
    "sensitive output made by Terraform": derived("Zo", input),
    "value in the state alone": derived("Zs", input),
    "sensitive output made by a command": derived("Zm", input),
    "password a command makes and prints": derived("Zp", input),
  };
}

/** The name of the space's secret that the blueprint asks for. */
export const connection = "vault";

const blueprint = `spec_version: 2
description: Keeps secrets in every place that a blueprint can.
metadata:
  gantry:
    title: Vault
    agent: local
    costs: [{ name: Flat rate, amount: "0", currency: USD, per: hour }]
inputs:
  password: { type: string, sensitive: true }
  forgotten: { type: string, sensitive: true }
outputs:
  Made: { value: "{{ .grains.infra.outputs.made }}", quick: false }
  Login: { value: "https://admin:{{ .grains.infra.outputs.made }}@service.example/", quick: true }
  Command: { value: "{{ .grains.tool.outputs.token }}", quick: false }
grains:
  infra:
    kind: terraform
    spec:
      source: { path: terraform }
      authentication: [${connection}]
      inputs: [{ password: "{{ .inputs.password }}" }, { forgotten: "{{ .inputs.forgotten }}" }]
      outputs: [made, plain]
  tool:
    kind: shell
    depends-on: infra
    spec:
      authentication: [${connection}]
      inputs: [{ password: "{{ .inputs.password }}" }]
      activities:
        deploy:
          commands:
            - name: make
              command: sh tool/make.sh
              outputs: [token]
        destroy:
          commands: ["echo gone"]
`;

/** Author's mistakes included: a variable that is not marked, and secrets that are printed on purpose. */
const terraform = `
variable "password" {
  type      = string
  sensitive = true
}
variable "forgotten" { type = string }
locals {
  plain = nonsensitive(var.password)
  made  = "Zo\${substr(sha256(local.plain), 0, 24)}"
  state = "Zs\${substr(sha256(local.plain), 0, 24)}"
}
resource "terraform_data" "made" { input = sensitive(local.made) }
resource "terraform_data" "kept" { input = sensitive(local.state) }
resource "terraform_data" "login" { input = "postgres://admin:\${var.forgotten}@db.example/orders" }
resource "terraform_data" "printed" {
  input = var.password
  provisioner "local-exec" {
    command     = "echo provisioned with $VAULT_TOKEN and $LOGIN; echo $LOGIN | base64; sleep 1"
    environment = { LOGIN = "admin:\${var.forgotten}" }
  }
}
output "made" {
  value     = terraform_data.made.output
  sensitive = true
}
output "plain" { value = terraform_data.login.output }
`;

const script = `set -eu
made="Zm$(printf %s "$INPUT_PASSWORD" | sha256sum | cut -c1-24)"
minted="Zp$(printf %s "$INPUT_PASSWORD" | sha256sum | cut -c1-24)"
echo "token=$made" >> "$GANTRY_SENSITIVE_OUTPUTS"
echo "minted=$minted" >> "$GANTRY_SENSITIVE_OUTPUTS"
echo "made $made, $minted and $VAULT_TOKEN"
echo "failing words: $INPUT_PASSWORD $INPUT_FORGOTTEN" >&2
printf %s "$VAULT_TOKEN" | base64
printf %s "$INPUT_PASSWORD" | od -An -tx1 | tr -d ' \\n'; echo
sleep 1
`;

export const vaultFiles: Record<string, string> = {
  "blueprint.yaml": blueprint,
  "terraform/main.tf": terraform,
  "tool/make.sh": script,
};

/** The command fails the first time, with secrets in what it says last; so does a condition of the module. */
export const failingVaultFiles: Record<string, string> = {
  ...vaultFiles,
  "tool/make.sh": `${script}
[ "$GANTRY_ATTEMPT" -ge 2 ] || { echo "refused: $INPUT_PASSWORD, $minted" >&2; exit 3; }
`,
  "terraform/checks.tf": `
check "login" {
  assert {
    condition     = length(terraform_data.login.output) > 1000
    error_message = "\${terraform_data.login.output} is too short."
  }
}
`,
};

/** A secret store of a cloud, filled from an input; its things are read back and put out. */
export function cloudVaultFiles(endpoint: string): Record<string, string> {
  return {
    ...vaultFiles,
    "blueprint.yaml": blueprint.replace(
      `authentication: [${connection}]\n      inputs: [{ password`,
      `authentication: [${connection}]
      env-vars: [{ AWS_ACCESS_KEY_ID: AKIAEMULATOREXAMPLE0 }, { AWS_SECRET_ACCESS_KEY: emulated }, { AWS_ENDPOINT_URL: "${endpoint}" }]
      inputs: [{ password`,
    ),
    "terraform/cloud.tf": `
provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  default_tags { tags = { owner = "maya", cost-center = "cc-1" } }
}
resource "aws_secretsmanager_secret" "vault" {
  name                    = "vault"
  recovery_window_in_days = 0
}
resource "aws_secretsmanager_secret_version" "vault" {
  secret_id     = aws_secretsmanager_secret.vault.id
  secret_string = jsonencode({ login = local.plain, state = local.state, forgotten = var.forgotten })
}
data "aws_secretsmanager_secret_version" "vault" {
  secret_id  = aws_secretsmanager_secret.vault.id
  depends_on = [aws_secretsmanager_secret_version.vault]
}
output "read_back" {
  value     = data.aws_secretsmanager_secret_version.vault.secret_string
  sensitive = true
}
`,
  };
}

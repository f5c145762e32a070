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

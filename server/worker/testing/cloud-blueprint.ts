/** A module that is launched while workers are killed, and what it makes. */
export type CloudModule = { hcl: string; addresses: readonly string[]; queues: number };

/** Addresses of what the module makes, without the slow queues. */
const addresses = [
  'aws_subnet.part["a"]',
  'aws_subnet.part["b"]',
  "aws_cloudwatch_log_group.log",
  "aws_dynamodb_table.items",
  "aws_iam_role.app",
  "aws_iam_role_policy.app",
  "aws_internet_gateway.out",
  "aws_route_table.out",
  "aws_s3_bucket.files",
  "aws_security_group.web",
  "aws_sns_topic.news",
  "aws_ssm_parameter.settings",
  "aws_vpc.net",
];

const module = `
variable "name" { type = string }
variable "queues" { type = number }
provider "aws" {
  region = "eu-central-1"
}
locals {
  trust = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }
  read  = { Effect = "Allow", Action = "s3:GetObject", Resource = "*" }
}
resource "aws_vpc" "net" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_subnet" "part" {
  for_each   = { a = "10.20.1.0/24", b = "10.20.2.0/24" }
  vpc_id     = aws_vpc.net.id
  cidr_block = each.value
}
resource "aws_internet_gateway" "out" {
  vpc_id = aws_vpc.net.id
}
resource "aws_route_table" "out" {
  vpc_id = aws_vpc.net.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.out.id
  }
}
resource "aws_security_group" "web" {
  name   = var.name
  vpc_id = aws_vpc.net.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_s3_bucket" "files" {
  bucket = var.name
}
resource "aws_dynamodb_table" "items" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_sns_topic" "news" {
  name = var.name
}
resource "aws_iam_role" "app" {
  name               = var.name
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [local.trust] })
}
resource "aws_iam_role_policy" "app" {
  name   = "read"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.read] })
}
resource "aws_cloudwatch_log_group" "log" {
  name = "/app/\${var.name}"
}
resource "aws_ssm_parameter" "settings" {
  name  = "/app/\${var.name}/subnet"
  type  = "String"
  value = aws_subnet.part["a"].id
}
# The provider takes half a minute for each: time to be killed in.
resource "aws_sqs_queue" "work" {
  count = var.queues
  name  = "\${var.name}-\${count.index}"
}
output "network" { value = aws_vpc.net.id }
`;

/** A small cloud of many services: what depends on each other, what is named, and what the cloud names itself. */
export function cloudOfManyServices(queues = 0): CloudModule {
  const slow = Array.from({ length: queues }, (_, index) => `aws_sqs_queue.work[${index}]`);
  return { hcl: module, addresses: [...addresses, ...slow], queues };
}

/** Two things, of services that are quick. */
export const quickCloud: CloudModule = {
  hcl: `
variable "name" { type = string }
variable "queues" { type = number }
provider "aws" {
  region = "eu-central-1"
}
resource "aws_cloudwatch_log_group" "log" {
  name = "/app/\${var.name}"
}
resource "aws_ssm_parameter" "settings" {
  name  = "/app/\${var.name}/log"
  type  = "String"
  value = aws_cloudwatch_log_group.log.arn
}
output "network" { value = aws_cloudwatch_log_group.log.arn }
`,
  addresses: ["aws_cloudwatch_log_group.log", "aws_ssm_parameter.settings"],
  queues: 0,
};

export function cloudFiles({ hcl, queues }: CloudModule): Record<string, string> {
  return {
    "infra/main.tf": hcl,
    "blueprint.yaml": JSON.stringify({
      spec_version: 2,
      metadata: { gantry: { agent: "local" } },
      outputs: { Network: { value: "{{ .grains.infra.outputs.network }}", quick: true } },
      grains: {
        infra: {
          kind: "terraform",
          spec: {
            source: { path: "infra" },
            authentication: ["emulator"],
            inputs: [{ name: 'g-{{ envId | downcase | remove: "-" | slice: 0, 12 }}' }, { queues: String(queues) }],
            outputs: ["network"],
          },
        },
      },
    }),
  };
}

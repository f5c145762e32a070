import { describe, expect, test } from "vitest";
import { buildStaticPlan, type Plan } from "./plan.ts";
import { redactPlan } from "./redact-plan.ts";
import { summarizePlan } from "./summarize-plan.ts";

type More = Omit<Parameters<typeof buildStaticPlan>[0], "files"> & { files?: Record<string, string> };

function plan(text: string, { files, ...more }: More = {}): Promise<Plan> {
  return buildStaticPlan({ files: new Map(Object.entries({ "main.tf": text, ...files })), ...more });
}

const changeOf = (made: Plan, address: string) =>
  made.resource_changes.find((change) => change.address === address)?.change;

test("an argument that is left out has the value the provider always gives it; one whose value is not known stays so", async () => {
  const made = await plan(`
    data "aws_ssm_parameter" "p" { name = "p" }
    resource "aws_lb" "one" {
      name            = "one"
      idle_timeout    = null
      enable_http2    = data.aws_ssm_parameter.p.value == "on"
      access_logs {
        bucket = "logs"
      }
    }
    output "kind" { value = aws_lb.one.load_balancer_type }`);
  expect(changeOf(made, "aws_lb.one")?.after).toMatchObject({
    load_balancer_type: "application",
    idle_timeout: 60,
    access_logs: [{ bucket: "logs", enabled: false }],
  });
  expect(changeOf(made, "aws_lb.one")?.after).not.toHaveProperty("enable_http2");
  expect(changeOf(made, "aws_lb.one")?.after_unknown).toMatchObject({ enable_http2: true });
  expect(made.output_changes?.kind?.after).toBe("application");
});

describe("what cannot be known", () => {
  test("an attribute of another resource is unknown, with the reason", async () => {
    const made = await plan(
      'resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }\nresource "aws_subnet" "s" { vpc_id = aws_vpc.v.id }',
    );
    expect(changeOf(made, "aws_subnet.s")?.after).not.toHaveProperty("vpc_id");
    expect(changeOf(made, "aws_subnet.s")?.after_unknown).toMatchObject({ vpc_id: true, arn: true });
    expect(made.gantry.unknowns).toEqual([
      { address: "aws_subnet.s", path: "vpc_id", reason: "aws_vpc.v.id is known after apply" },
    ]);
    expect(made.gantry.attributes).toEqual({ set: 2, known: 1 });
  });

  test("a data source is named, and its own arguments are shown", async () => {
    const made = await plan(
      'data "aws_ami" "a" { owners = ["amazon"] }\nresource "aws_instance" "i" { ami = data.aws_ami.a.id }',
    );
    expect(changeOf(made, "data.aws_ami.a")).toMatchObject({ actions: ["read"], after: { owners: ["amazon"] } });
    expect(made.gantry.unknowns).toEqual([
      { address: "aws_instance.i", path: "ami", reason: "data.aws_ami.a.id is read from the provider" },
    ]);
  });

  test("a number of instances that depends on a data source is deferred, not guessed", async () => {
    const made = await plan(
      'data "aws_availability_zones" "z" {}\nresource "aws_subnet" "s" {\n  for_each = toset(data.aws_availability_zones.z.names)\n}\noutput "ids" { value = [for s in aws_subnet.s : s.id] }',
    );
    expect(made.resource_changes.map((change) => change.address)).toEqual(["data.aws_availability_zones.z"]);
    expect(made.deferred_changes?.[0]).toMatchObject({
      reason: "instance_count_unknown",
      resource_change: { address: "aws_subnet.s[*]" },
    });
    expect(made.gantry.unknowns.map((unknown) => unknown.address)).toEqual(["aws_subnet.s[*]", "output.ids"]);
  });

  test("a remote module is named without the credentials of its address, and what uses it is unknown", async () => {
    const made = await plan(
      'module "m" {\n  source  = "git::https://user:pass@example.com/m.git?ref=v1"\n}\noutput "o" { value = module.m.id }',
    );
    expect(made.gantry.remoteModules).toEqual([
      { address: "module.m", source: "git::https://example.com/m.git?ref=v1" },
    ]);
    expect(made.output_changes?.o).toMatchObject({ after_unknown: true });
    expect(JSON.stringify(made)).not.toContain("user:pass");
  });

  test("inputs that come later stay unknown with the reason given for them", async () => {
    const made = await plan(
      'variable "dsn" { type = string }\nresource "aws_ssm_parameter" "p" {\n  name = "x"\n  value = "dsn=${var.dsn}"\n}',
      {
        unknownVariables: { dsn: "known once grain db has run" },
      },
    );
    expect(made.variables).toEqual({ dsn: {} });
    expect(made.gantry.unknowns).toEqual([
      { address: "aws_ssm_parameter.p", path: "value", reason: "known once grain db has run" },
    ]);
  });

  test("an argument the provider hashes or normalises is shown as the provider will show it", async () => {
    const made = await plan(
      'resource "aws_instance" "i" { user_data = "hello" }\nresource "aws_sqs_queue" "q" { policy = "{ \\"Version\\": \\"1\\", \\"Statement\\": [{}] }" }',
    );
    expect(changeOf(made, "aws_instance.i")?.after).toMatchObject({
      user_data: "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
    });
    expect(changeOf(made, "aws_sqs_queue.q")?.after).toMatchObject({ policy: '{"Statement":[{}],"Version":"1"}' });
  });
});

describe("inputs", () => {
  test("text from a form fits numbers, lists and objects alike", async () => {
    const made = await plan(
      'variable "n" { type = number }\nvariable "l" { type = list(string) }\nvariable "o" { type = object({ a = optional(number, 2) }) }\nvariable "s" {}\noutput "all" { value = [var.n, var.l, var.o, var.s] }',
      { variables: { n: "3", l: '["a", "b"]', o: "{}", s: '["kept as text"]' } },
    );
    expect(made.output_changes?.all?.after).toEqual([3, ["a", "b"], { a: 2 }, '["kept as text"]']);
  });

  test("an input that the module does not declare is refused with those it does", async () => {
    await expect(plan('variable "size" {}', { variables: { sise: 1 } })).rejects.toMatchObject({
      message: expect.stringContaining('"sise"'),
      remedy: "It declares: size.",
    });
  });

  test("chosen variable files win over automatic ones, and inputs over all", async () => {
    const files = {
      "a.auto.tfvars": 'x = "auto"\ny = "auto"\nz = "auto"',
      "envs/prod.tfvars": 'y = "prod"\nz = "prod"',
    };
    const made = await plan(
      'variable "x" {}\nvariable "y" {}\nvariable "z" {}\noutput "o" { value = "${var.x} ${var.y} ${var.z}" }',
      { files, tfvars: ["envs/prod.tfvars"], variables: { z: "input" } },
    );
    expect(made.output_changes?.o?.after).toBe("auto prod input");
  });

  test("the workspace decides where the author lets it", async () => {
    const made = await plan('output "o" { value = terraform.workspace == "prod" ? 3 : 1 }', { workspace: "prod" });
    expect(made.output_changes?.o?.after).toBe(3);
  });

  test("a module in a subfolder may use its neighbours, and path.module says where it is", async () => {
    const files = new Map([
      ["stacks/app/main.tf", 'module "m" {\n  source = "../../modules/m"\n}\noutput "p" { value = module.m.p }'],
      ["modules/m/main.tf", 'output "p" { value = "${path.module}:${file("${path.module}/x.txt")}" }'],
      ["modules/m/x.txt", "text"],
    ]);
    const made = await buildStaticPlan({ files, modulePath: "stacks/app" });
    expect(made.output_changes?.p?.after).toBe("../../modules/m:text");
  });
});

describe("providers", () => {
  test("settings of the agent fill in what the configuration leaves out, and secrets are left out", async () => {
    const made = await plan(
      'provider "aws" {\n  secret_key = "very-secret"\n  alias = "x"\n}\nresource "aws_vpc" "v" {}\nresource "aws_vpc" "w" { provider = aws.x }',
      {
        providerDefaults: { aws: { region: "eu-central-1" } },
      },
    );
    expect(made.gantry.providers).toEqual({
      aws: { name: "aws", values: { region: "eu-central-1" } },
      "aws.x": { name: "aws", alias: "x", values: { region: "eu-central-1" } },
    });
    expect(JSON.stringify(redactPlan(made))).not.toContain("very-secret");
  });

  test("Gantry's own tags are part of what every taggable resource will have", async () => {
    const made = await plan(
      'resource "aws_vpc" "v" { tags = { Name = "v" } }\nresource "aws_vpc" "w" {}\nresource "aws_s3_bucket_policy" "p" {}',
      { defaultTags: { owner: "a@b" } },
    );
    expect(changeOf(made, "aws_vpc.v")?.after).toMatchObject({
      tags: { Name: "v" },
      tags_all: { Name: "v", owner: "a@b" },
    });
    expect(changeOf(made, "aws_vpc.w")?.after).toMatchObject({ tags_all: { owner: "a@b" } });
    expect(changeOf(made, "aws_s3_bucket_policy.p")?.after).toEqual({});
  });

  test("tags of providers without a full schema are texts too", async () => {
    const made = await plan(
      'resource "azurerm_resource_group" "g" {\n  name = "g"\n  tags = { level = 3 }\n}\nresource "google_storage_bucket" "b" { labels = { live = true } }',
    );
    expect(changeOf(made, "azurerm_resource_group.g")?.after).toEqual({ name: "g", tags: { level: "3" } });
    expect(changeOf(made, "google_storage_bucket.b")?.after).toEqual({ labels: { live: "true" } });
  });
});

test("a static plan is summarised and redacted like a real one", async () => {
  const made = await plan(
    'variable "pw" {\n  sensitive = true\n  default = "hunter22-secret"\n}\nresource "aws_db_instance" "d" {\n  password = var.pw\n  username = "app"\n}\nresource "aws_db_instance" "e" { password = "literal-secret" }',
  );
  const redacted = redactPlan(made);
  for (const secret of ["hunter22-secret", "literal-secret"]) expect(JSON.stringify(redacted)).not.toContain(secret);
  expect(summarizePlan(redacted).counts.create).toBe(2);
  const password = summarizePlan(made).resources[0]?.changes.find((change) => change.path === "password");
  expect(password).toEqual({ path: "password", isUnknown: false, isSensitive: true, forcesReplacement: false });
});

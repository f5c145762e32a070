import { describe, expect, test } from "vitest";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";

const blueprint = `spec_version: 2
grains:
  app:
    kind: terraform
    spec: { source: { path: stacks/app } }
`;
const main = (source: string) => `
# module "old" { source = "../../../gone" }
resource "aws_s3_object" "page" {
  source = "./page.html"
}

module "network" {
  source = "${source}"
  name   = "x"
}
`;
const errorsOf = (files: Record<string, string>) =>
  parseBlueprint({ "blueprint.yaml": blueprint, ...files }, { name: "shop" }).problems.filter(
    ({ severity }) => severity === "error",
  );

describe("the modules that a grain calls", () => {
  test("may lie anywhere in the blueprint's folder, and call each other", () => {
    const files = {
      "stacks/app/main.tf": main("../../modules/network"),
      "modules/network/main.tf": 'module "names" {\n  source = "../names/"\n}\n',
      "modules/names/main.tf": 'output "name" { value = "x" }\n',
    };
    expect(errorsOf(files)).toEqual([]);
  });

  test("may come from elsewhere by their address", () => {
    expect(errorsOf({ "stacks/app/main.tf": main("terraform-aws-modules/vpc/aws") })).toEqual([]);
  });

  test("outside of the folder are refused with file, row and remedy", () => {
    expect(errorsOf({ "stacks/app/main.tf": main("../../../shared/network") })).toEqual([
      expect.objectContaining({
        code: "BP_MODULE_OUTSIDE",
        file: "stacks/app/main.tf",
        row: 8,
        remedy: expect.stringContaining("Move the module"),
      }),
    ]);
  });

  test("that a called module calls are looked at too", () => {
    const files = {
      "stacks/app/main.tf": main("../../modules/network"),
      "modules/network/main.tf": 'module "names" {\n  source = "../../../names"\n}\n',
    };
    expect(errorsOf(files)).toMatchObject([{ code: "BP_MODULE_OUTSIDE", file: "modules/network/main.tf", row: 2 }]);
  });

  test("that are missing are named", () => {
    expect(errorsOf({ "stacks/app/main.tf": main("./network") })).toMatchObject([
      { code: "BP_NO_MODULE", file: "stacks/app/main.tf", row: 8 },
    ]);
  });
});

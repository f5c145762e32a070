import fs from "node:fs";
import path from "node:path";

/** Read as a file, as journeys import nothing of the portal. */
const places: string[] = JSON.parse(fs.readFileSync("server/plan/differential/provider-mirrors.json", "utf8"));

export function findOnPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file));
}

/** A folder of this machine that Terraform can take the AWS provider from, so that no journey needs a network. */
export function findProviderMirror(): string | undefined {
  return places.find((place) => fs.existsSync(path.join(place, "registry.terraform.io/hashicorp/aws")));
}

/** Has the portal's Terraform use that folder; nothing where there is none. */
export function terraformSettings(): Record<string, string> {
  const mirror = findProviderMirror();
  if (!mirror) return {};
  const file = path.resolve("test-results/e2e-terraform.tfrc");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return { TF_CLI_CONFIG_FILE: file };
}

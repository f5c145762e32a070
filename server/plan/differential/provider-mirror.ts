import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
// The journeys in a browser read the same list by its path.
import places from "./provider-mirrors.json" with { type: "json" };

const provider = "registry.terraform.io/hashicorp/aws";

/** What to say where no folder of this machine has the provider. */
export const noProviderMirror = `no folder with ${provider} in ${places.join(", ")}`;

/** A folder of this machine that Terraform can take its AWS provider from, in one version or in any. */
export function findProviderMirror(version = ""): string | undefined {
  return places.find((place) => {
    const folder = join(place, provider, version);
    return existsSync(folder) && readdirSync(folder).length > 0;
  });
}

/** A Terraform CLI configuration, for `TF_CLI_CONFIG_FILE`, that takes providers from a folder. */
export function mirrorSettings(folder: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }\n}\n`;
}

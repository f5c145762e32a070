import type { Outputs } from "#app/_trpc/outputs.ts";

type Item = Pick<Outputs["catalog"]["list"]["items"][number], "blocked" | "missingPrograms">;

/** What somebody who runs this host has to do. */
function howToInstall(program: string): string {
  if (program === "terraform")
    return "Install Terraform or OpenTofu, 1.4 or later, on the worker's PATH, or set TERRAFORM_BIN.";
  if (program === "tofu") return "Install OpenTofu, 1.4 or later, on the worker's PATH.";
  return `Install ${program} on the worker's PATH.`;
}

/** Why nobody can launch it here now, as a sentence; nothing when it can be. */
export function whyBlocked(item: Item): string | undefined {
  if (item.blocked) return item.blocked;
  if (item.missingPrograms.length > 0)
    return `this host lacks ${item.missingPrograms.join(" and ")}. ${item.missingPrograms.map(howToInstall).join(" ")}`;
  return undefined;
}

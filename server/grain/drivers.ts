import type { GrainKind } from "#server/blueprint/blueprint.ts";
import { Problem } from "#server/errors.ts";
import type { GrainDriver } from "./driver.ts";
import { shellDriver } from "./shell/shell-driver.ts";
import { opentofuDriver, terraformDriver } from "./terraform/terraform-driver.ts";

/** Says what can be done instead, rather than pretending to run. */
function unavailable(kind: GrainKind): GrainDriver {
  const refuse = async (): Promise<never> => {
    throw new Problem("unavailable", `This installation can't run ${kind} grains on the local agent.`, {
      remedy: "Launch the blueprint on the simulator, or use terraform, opentofu or shell grains.",
    });
  };
  const nothing = async () => {};
  return {
    watch: "never",
    plan: refuse,
    apply: refuse,
    destroy: refuse,
    remaining: refuse,
    tidy: nothing,
    clear: nothing,
  };
}

/** What runs each kind of grain on this host. Total: a new kind does not compile until it is placed. */
export const drivers = {
  terraform: terraformDriver,
  opentofu: opentofuDriver,
  shell: shellDriver,
  terragrunt: unavailable("terragrunt"),
  helm: unavailable("helm"),
  kubernetes: unavailable("kubernetes"),
  ansible: unavailable("ansible"),
  cloudformation: unavailable("cloudformation"),
  "aws-cdk": unavailable("aws-cdk"),
  blueprint: unavailable("blueprint"),
  argocd: unavailable("argocd"),
  cloudshell: unavailable("cloudshell"),
  arm: unavailable("arm"),
} as const satisfies Record<GrainKind, GrainDriver>;

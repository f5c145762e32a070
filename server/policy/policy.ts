/** When a policy is asked: on a catalog click, on a launch or extension, on each grain's plan. */
export const policyPackages = ["torque.consumption", "torque.environment", "torque.terraform_plan"] as const;
export type PolicyPackage = (typeof policyPackages)[number];

export const dataFieldTypes = [
  "minutes",
  "count",
  "money",
  "percent",
  "list",
  "numbers",
  "windows",
  "text",
  "flag",
] as const;
export type DataFieldType = (typeof dataFieldTypes)[number];

/** One limit that a space may set, as the policy declares it in its annotation. */
export type DataField = { type: DataFieldType; title: string; default: unknown };

/** A reviewed Rego file under `policies/`, with what its annotation says. */
export type Policy = {
  name: string;
  packageName: PolicyPackage;
  title: string;
  description: string;
  severity: string | null;
  /** Path from the project's root. */
  file: string;
  source: string;
  digest: string;
  fields: Record<string, DataField>;
  /** Name of the policy whose data this one reads, where it keeps none of its own. */
  dataFrom: string | null;
  enabledByDefault: boolean;
  test: { file: string; source: string } | null;
};

/** Whether a policy has a rule of this name at the beginning of a line, as `opa fmt` writes it. */
export function definesRule({ source }: Pick<Policy, "source">, rule: string): boolean {
  return new RegExp(`^\\s*(default\\s+)?${rule}\\b`, "m").test(source);
}

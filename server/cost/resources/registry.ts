import type { PricedType } from "#server/cost/priced-type.ts";
import { awsTypes } from "./aws-types.ts";
import { azureTypes } from "./azure-types.ts";
import { googleTypes } from "./google-types.ts";

/** Every Terraform type that has a price, and the rule that finds it. */
export const pricedTypes: Readonly<Record<string, PricedType>> = { ...awsTypes, ...azureTypes, ...googleTypes };

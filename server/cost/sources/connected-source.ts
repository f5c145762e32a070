import { infracostCli } from "./infracost-cli.ts";
import type { PriceSource } from "./price-source.ts";
import { pricingApi } from "./pricing-api.ts";

/** How an Infracost is connected, if one is: an installed program, or a Cloud Pricing API by its address. */
export interface PriceConnection {
  infracostProgram?: string | undefined;
  pricingApiEndpoint?: string | undefined;
  pricingApiKey?: string | undefined;
}

/** Where Infracost itself answers, with a key of its own. */
const publicEndpoint = "https://pricing.api.infracost.io";

/** The configured price source; the program wins, because it knows more resource types. Null: embedded prices alone. */
export function connectedSource(connection: PriceConnection, today: () => string): PriceSource | null {
  const { infracostProgram: program, pricingApiKey: key = "" } = connection;
  const endpoint = connection.pricingApiEndpoint ?? (key && !program ? publicEndpoint : undefined);
  if (program) {
    return infracostCli({
      program,
      environment: {
        ...(key ? { INFRACOST_API_KEY: key } : {}),
        ...(endpoint ? { INFRACOST_PRICING_API_ENDPOINT: endpoint } : {}),
      },
    });
  }
  return endpoint ? pricingApi({ endpoint, key, today }) : null;
}

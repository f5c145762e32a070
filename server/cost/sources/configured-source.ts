import { config } from "#server/config.ts";
import { connectedSource } from "./connected-source.ts";
import type { PriceSource } from "./price-source.ts";
import { rememberedSource } from "./remembered-source.ts";

let current: PriceSource | null | undefined;

/** The Infracost this installation is connected to; null where prices come from the built-in book alone. */
export function configuredSource(): PriceSource | null {
  if (current === undefined) {
    const { INFRACOST_BIN, INFRACOST_PRICING_API_ENDPOINT, INFRACOST_API_KEY } = config();
    const source = connectedSource(
      {
        infracostProgram: INFRACOST_BIN,
        pricingApiEndpoint: INFRACOST_PRICING_API_ENDPOINT,
        pricingApiKey: INFRACOST_API_KEY,
      },
      () => new Date().toISOString().slice(0, 10),
    );
    current = source && rememberedSource(source, Date.now);
  }
  return current;
}

import { z } from "zod";

import { type ExtraPrices, type MissingPrice, missingId } from "#server/cost/component.ts";
import { amount, money } from "#server/cost/money.ts";
import type { FoundPrice } from "#server/cost/price-book/price-book.ts";
import type { PriceSource } from "./price-source.ts";
import { type ProductQuery, productQuery } from "./product-filter.ts";

const question = `query ($product: ProductFilter!, $price: PriceFilter!) {
  products(filter: $product) { prices(filter: $price) { priceHash USD } }
}`;

const Answer = z.array(
  z.object({
    data: z
      .object({ products: z.array(z.object({ prices: z.array(z.object({ USD: z.string().nullish() })) })) })
      .nullish(),
  }),
);

const largestBatch = 100;

function body(query: ProductQuery) {
  const { vendor, service, productFamily, region, attributes } = query;
  return {
    query: question,
    variables: {
      product: {
        vendorName: vendor,
        service,
        ...(productFamily ? { productFamily } : {}),
        region,
        attributeFilters: attributes.map(({ key, value, valueRegex }) =>
          value === undefined ? { key, value_regex: valueRegex } : { key, value },
        ),
      },
      price: query.purchaseOption ? { purchaseOption: query.purchaseOption } : {},
    },
  };
}

export interface PricingApi {
  endpoint: string;
  key: string;
  /** Day of the question, for the date beside each price. */
  today: () => string;
}

interface Asked {
  missing: MissingPrice;
  query: ProductQuery;
}

async function ask(api: PricingApi, asked: readonly Asked[], signal: AbortSignal): Promise<z.infer<typeof Answer>> {
  const response = await fetch(new URL("graphql", api.endpoint.endsWith("/") ? api.endpoint : `${api.endpoint}/`), {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": api.key },
    body: JSON.stringify(asked.map(({ query }) => body(query))),
    redirect: "error",
    signal,
  });
  if (!response.ok) throw new Error(`the pricing API answered ${response.status}`);
  return Answer.parse(await response.json());
}

/** A price that two products disagree about is none: one of them is not what was asked for. */
function singlePrice(answer: z.infer<typeof Answer>[number] | undefined): string | null {
  const prices = (answer?.data?.products ?? []).flatMap((product) => product.prices.map((price) => price.USD));
  const found = new Set(prices.filter((price) => price && Number(price) > 0));
  return found.size === 1 ? [...found][0]! : null;
}

/** A self-hosted or public Cloud Pricing API, asked in batches for single missing prices. */
export function pricingApi(api: PricingApi): PriceSource {
  return {
    provider: "pricing-api",
    async findPrices({ missing }, signal): Promise<ExtraPrices> {
      const asked = missing.flatMap((price) => {
        const query = productQuery(price);
        return query ? [{ missing: price, query }] : [];
      });
      const found = new Map<string, FoundPrice & { provider: "pricing-api" }>();
      for (let start = 0; start < asked.length; start += largestBatch) {
        const batch = asked.slice(start, start + largestBatch);
        const answers = await ask(api, batch, signal);
        for (const [index, { missing: price, query }] of batch.entries()) {
          const usd = singlePrice(answers[index]);
          if (usd === null) continue;
          const { sku, region } = price.key;
          const ref = {
            table: "pricing-api",
            sku,
            region,
            asOf: api.today(),
            source: new URL(api.endpoint).host,
            precision: "exact",
          } as const;
          const unitPrice = money(amount(usd).times(query.times).times(price.times));
          found.set(missingId(price.address, price.group, price.component), {
            unitPrice,
            ref,
            provider: "pricing-api",
          });
        }
      }
      return found;
    },
  };
}

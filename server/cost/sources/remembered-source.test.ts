import { expect, test } from "vitest";
import type { MissingPrice } from "#server/cost/component.ts";
import { missingId } from "#server/cost/component.ts";
import type { PriceSource } from "./price-source.ts";
import { rememberedSource } from "./remembered-source.ts";

function missing(address: string, sku: string): MissingPrice {
  const key = { type: "aws_instance", sku, unit: "hours", region: "eu-west-1" };
  return { address, component: `Instance usage (${sku})`, group: [], unit: "hours", key, times: "1" };
}

const ref = { table: "t", sku: "s", region: "r", asOf: "2026-01-01", source: "x", precision: "exact" } as const;

/** A source that knows every price but those of machines named odd, and fails while told to. */
function source() {
  const state = { asked: [] as string[][], fails: false, now: 0 };
  const inner: PriceSource = {
    provider: "pricing-api",
    async findPrices(request) {
      state.asked.push(request.missing.map((price) => price.key.sku));
      if (state.fails) throw new Error("down");
      const found = request.missing.filter((price) => price.key.sku !== "odd");
      return new Map(
        found.map((price) => [
          missingId(price.address, price.group, price.component),
          { unitPrice: "1", ref, provider: "pricing-api" },
        ]),
      );
    },
  };
  const remembered = rememberedSource(inner, () => state.now);
  const ask = (...prices: MissingPrice[]) =>
    remembered.findPrices({ plan: {}, missing: prices }, new AbortController().signal);
  return { state, ask };
}

const hour = 3_600_000;

test("a price asked for once serves every resource of that kind, until it is old", async () => {
  const { state, ask } = source();
  await ask(missing("aws_instance.a", "m9.large"));
  const found = await ask(missing("aws_instance.b", "m9.large"), missing("aws_instance.c", "m9.small"));
  expect([...found.keys()].map((id) => (JSON.parse(id) as string[])[0])).toEqual(["aws_instance.b", "aws_instance.c"]);
  state.now = 13 * hour;
  await ask(missing("aws_instance.b", "m9.large"));
  expect(state.asked).toEqual([["m9.large"], ["m9.small"], ["m9.large"]]);
});

test("what the source lacks is not asked for again within the hour", async () => {
  const { state, ask } = source();
  expect((await ask(missing("aws_instance.a", "odd"))).size).toBe(0);
  expect((await ask(missing("aws_instance.a", "odd"))).size).toBe(0);
  expect(state.asked).toHaveLength(1);
  state.now = 2 * hour;
  await ask(missing("aws_instance.a", "odd"));
  expect(state.asked).toHaveLength(2);
});

test("a source that failed rests for a minute, and says the same meanwhile", async () => {
  const { state, ask } = source();
  state.fails = true;
  await expect(ask(missing("aws_instance.a", "m9.large"))).rejects.toThrow("down");
  await expect(ask(missing("aws_instance.a", "m9.large"))).rejects.toThrow("down");
  expect(state.asked).toHaveLength(1);
  Object.assign(state, { fails: false, now: 61_000 });
  expect((await ask(missing("aws_instance.a", "m9.large"))).size).toBe(1);
});

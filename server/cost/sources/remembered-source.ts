import type { ExtraPrices, MissingPrice } from "#server/cost/component.ts";
import { missingId } from "#server/cost/component.ts";
import type { FoundPrice } from "#server/cost/price-book/price-book.ts";
import type { PriceSource } from "./price-source.ts";

const hour = 3_600_000;
/** List prices change rarely; what a source lacks may be added to it sooner. */
const keepFoundMs = 12 * hour;
const keepMissingMs = hour;
/** A source that failed is left alone for a while, so that each change of a draft does not wait for it again. */
const restAfterFailureMs = 60_000;
const mostKept = 20_000;

type Answer = FoundPrice & { provider: PriceSource["provider"] };
type Kept = { price: Answer | null; until: number };

function questionOf({ component, group, unit, key, times }: MissingPrice): string {
  const attributes = Object.entries(key.attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([component, group, unit, key.type, key.sku, key.unit, key.region, attributes, times]);
}

const idOf = ({ address, group, component }: MissingPrice): string => missingId(address, group, component);

/** The same source, asked once for what many drafts need. */
export function rememberedSource(source: PriceSource, now: () => number): PriceSource {
  const kept = new Map<string, Kept>();
  let failed: { error: unknown; until: number } | null = null;
  const known = (price: MissingPrice): Kept | undefined => {
    const found = kept.get(questionOf(price));
    return found && found.until > now() ? found : undefined;
  };
  const remember = (price: MissingPrice, answer: Answer | null) => {
    if (kept.size >= mostKept) kept.clear();
    kept.set(questionOf(price), { price: answer, until: now() + (answer ? keepFoundMs : keepMissingMs) });
  };
  const ask: PriceSource["findPrices"] = async (request, signal) => {
    if (failed && failed.until > now()) throw failed.error;
    try {
      return await source.findPrices(request, signal);
    } catch (error) {
      failed = { error: signal.aborted ? signal.reason : error, until: now() + restAfterFailureMs };
      throw error;
    }
  };
  return {
    provider: source.provider,
    async findPrices({ plan, missing }, signal): Promise<ExtraPrices> {
      const open = missing.filter((price) => !known(price));
      const answers = open.length > 0 ? await ask({ plan, missing: open }, signal) : new Map<string, Answer>();
      for (const price of open) remember(price, (answers.get(idOf(price)) as Answer | undefined) ?? null);
      const found = missing.map((price) => [idOf(price), known(price)?.price ?? null] as const);
      return new Map(found.filter((entry): entry is readonly [string, Answer] => entry[1] !== null));
    },
  };
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { PriceSheets } from "./build-price-book.ts";

/** Prices found since, of regions that the sheets lack; of the same form. */
export const ownSheets = "server/cost/price-book/sheets";

/** Sheets by name; two of one name are one, the second without its heading. */
export function readSheets(folders: readonly string[]): PriceSheets {
  const sheets: Record<string, string> = {};
  for (const from of folders)
    for (const name of readdirSync(from).sort()) {
      if (!name.endsWith(".csv")) continue;
      const text = readFileSync(join(from, name), "utf8");
      const above = sheets[name];
      sheets[name] = above === undefined ? text : `${above.trimEnd()}\n${text.slice(text.indexOf("\n") + 1)}`;
    }
  return sheets;
}

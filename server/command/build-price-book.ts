import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { buildPriceBook } from "#server/cost/price-book/build-price-book.ts";

const target = "server/cost/price-book/prices.generated.json.gz";

const folder = process.argv[2];
if (!folder) {
  console.error("Usage: npm run prices:build -- <folder with price sheets>");
  process.exit(2);
}
const sheets: Record<string, string> = {};
for (const name of readdirSync(folder).sort()) {
  if (name.endsWith(".csv")) sheets[name] = readFileSync(join(folder, name), "utf8");
}
const book = buildPriceBook(sheets);
const packed = gzipSync(JSON.stringify(book), { level: 9 });
writeFileSync(target, packed);
const types = Object.keys(book.prices).length;
console.log(
  `${target}: ${types} resource types, ${book.freeTypes.length} free types, ${packed.length} bytes, id ${book.id}`,
);
console.log(`Prices of ${book.asOfMin} to ${book.asOfMax} from ${book.sources.length} sources.`);

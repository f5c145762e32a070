import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { buildPriceBook } from "#server/cost/price-book/build-price-book.ts";
import { ownSheets, readSheets } from "#server/cost/price-book/read-sheets.ts";

const target = "server/cost/price-book/prices.generated.json.gz";

const folder = process.argv[2];
if (!folder) {
  console.error("Usage: npm run prices:build -- <folder with price sheets>");
  process.exit(2);
}
const sheets = readSheets([folder, ownSheets]);
const book = buildPriceBook(sheets);
const packed = gzipSync(JSON.stringify(book), { level: 9 });
writeFileSync(target, packed);
const types = Object.keys(book.prices).length;
console.log(
  `${target}: ${types} resource types, ${book.freeTypes.length} free types, ${packed.length} bytes, id ${book.id}`,
);
console.log(`Prices of ${book.asOfMin} to ${book.asOfMax} from ${book.sources.length} sources.`);

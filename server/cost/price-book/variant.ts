import type { BookRow } from "./price-book.ts";

type Attributes = Readonly<Record<string, string | undefined>>;

/** Unset and "false" are the same thing in a Terraform configuration. */
function normal(value: string | undefined): string {
  const text = (value ?? "").toLowerCase();
  return text === "false" || text === "default" ? "" : text;
}

/** The value of a row that holds whatever the attribute is set to, but not where it is left out. */
const anyValue = "*";

function holdsFor(row: BookRow, attributes: Attributes): boolean {
  return Object.entries(row[2] ?? {}).every(([name, value]) =>
    value === anyValue ? normal(attributes[name]) !== "" : normal(attributes[name]) === normal(value),
  );
}

/**
 * The price that holds for the attributes: every attribute of the row must agree, the row that says most wins.
 * Two equally specific rows with different prices give none: a guess between them would look like a fact.
 */
export function matchVariant(rows: readonly BookRow[], attributes: Attributes): BookRow | null {
  let best: BookRow | null = null;
  let bestSize = -1;
  let isAmbiguous = false;
  for (const row of rows) {
    if (!holdsFor(row, attributes)) continue;
    const size = Object.keys(row[2] ?? {}).length;
    if (size > bestSize) {
      best = row;
      bestSize = size;
      isAmbiguous = false;
    } else if (size === bestSize && best && row[0] !== best[0]) isAmbiguous = true;
  }
  return isAmbiguous ? null : best;
}

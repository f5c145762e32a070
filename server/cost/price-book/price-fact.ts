/** One line of a price sheet, under the type, sku, unit and attributes it is looked up by. */
export interface PriceFact {
  type: string;
  sku: string;
  unit: string;
  region: string;
  price: string;
  attributes: Record<string, string>;
  table: string;
  source: string;
  asOf: string;
  precision: string;
}

/** A value that is still an expression of the configuration the price was read from: set, to whatever. */
export const anyValue = "*";
const expression = /^(each|var|local|aws_\w+|azurerm_\w+|google_\w+)\./;

/** "name;type=gp3;engine=mysql" into the name and its attributes. The attribute seen last wins. */
export function splitSku(text: string): { sku: string; attributes: Record<string, string> } {
  const [sku = "", ...pairs] = text.split(";");
  const attributes: Record<string, string> = {};
  for (const pair of pairs) {
    const [name = "", value = ""] = pair.split("=");
    const isSet = attributes[name] !== undefined && attributes[name] !== anyValue;
    if (value !== "" && !(isSet && expression.test(value)))
      attributes[name] = expression.test(value) ? anyValue : value;
  }
  return sku.includes("=") ? { sku: text, attributes: {} } : { sku, attributes };
}

const units: Record<string, string> = { hour: "hours", "node-hour": "hours", Mbps: "MiBps" };

export function priceFact(row: Record<string, string>, table: string): PriceFact {
  const { sku, attributes } = splitSku(row.sku_attribute ?? "");
  const unit = row.unit ?? "";
  return {
    type: row.resource_type ?? "",
    sku,
    unit: units[unit] ?? unit,
    region: row.region ?? "",
    price: row.usd_per_unit ?? "",
    attributes,
    table,
    source: row.source ?? "",
    asOf: row.as_of ?? "",
    precision: row.precision ?? "",
  };
}

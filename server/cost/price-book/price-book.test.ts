import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { buildPriceBook } from "./build-price-book.ts";
import { embeddedPriceBook, openPriceBook } from "./price-book.ts";
import { ownSheets, readSheets } from "./read-sheets.ts";

const header = "cloud,service,resource_type,sku_attribute,region,unit,usd_per_unit,source,as_of,precision";

function bookOf(...rows: string[]) {
  return openPriceBook(
    buildPriceBook({
      "sheet.csv": [header, ...rows].join("\r\n"),
      "SOURCES.csv":
        'id,repository_or_page,commit,path,licence,as_of,note\na,example/prices,abc,p.json,MIT,2026-01-01,"x, y"\n',
      "free_resource_types.csv": "cloud,resource_type,source\naws,aws_iam_role,a\n",
      "aws_ec2_specs.csv": "instance_type,vcpu,memory_gib,gpu,gpu_memory_gib,source\nm5.large,2,8,0,0,a\n",
    }),
  );
}

describe("a price book", () => {
  const book = bookOf(
    "aws,EC2,aws_instance,m5.large,us-east-1,hour,0.096,a,2026-01-01,exact",
    "aws,EC2,aws_instance,m5.large;os=windows,us-east-1,hour,0.188,a,2026-01-01,exact",
    'aws,S3,aws_s3_bucket,"Standard > PUT, COPY, POST",us-east-1,1k requests,0.005,a,2025-01-01,rounded±3.8%',
  );
  const machine = { type: "aws_instance", sku: "m5.large", unit: "hours" };

  test("finds a price by type, sku, region and unit, with where it was read", () => {
    expect(book.find({ ...machine, region: "us-east-1", attributes: { os: "linux" } })).toEqual({
      unitPrice: "0.096",
      ref: {
        table: "sheet.csv",
        sku: "m5.large",
        region: "us-east-1",
        asOf: "2026-01-01",
        source: "a",
        precision: "exact",
      },
    });
  });

  test("tells prices of one name apart by their attributes", () => {
    expect(book.find({ ...machine, region: "us-east-1", attributes: { os: "windows" } })?.unitPrice).toBe("0.188");
    expect(book.find({ ...machine, region: "us-east-1", attributes: { os: "suse" } })).toBeNull();
  });

  test("never borrows the price of another region, but names the regions it has", () => {
    expect(book.find({ ...machine, region: "eu-west-1", attributes: { os: "linux" } })).toBeNull();
    expect(book.regionsOf(machine)).toEqual(["us-east-1"]);
  });

  test("reads names with commas and keeps how rounded a price is", () => {
    const key = { type: "aws_s3_bucket", sku: "Standard > PUT, COPY, POST", region: "us-east-1", unit: "1k requests" };
    expect(book.find(key)).toMatchObject({ unitPrice: "0.005", marginPercent: 3.8 });
  });

  test("takes SKUs in any case, as Azure does", () => {
    expect(
      book.find({ ...machine, sku: "M5.LARGE", region: "us-east-1", attributes: { os: "linux" } })?.unitPrice,
    ).toBe("0.096");
  });

  test("knows its age, sources, free types and machine sizes", () => {
    expect(book).toMatchObject({ asOfMin: "2025-01-01", asOfMax: "2026-01-01" });
    expect(book.sources[0]).toMatchObject({ id: "a", repository: "example/prices", licence: "MIT", note: "x, y" });
    expect(book.isFree("aws_iam_role")).toBe(true);
    expect(book.machine("m5.large")).toEqual({ vcpu: 2, memoryGib: 8 });
  });

  test("does not find what every object inherits", () => {
    expect(book.find({ type: "constructor", sku: "toString", region: "x", unit: "y" })).toBeNull();
    expect(book.machine("constructor")).toBeNull();
  });

  test("of equal sheets is equal, of others it is not", () => {
    const row = "aws,EC2,aws_instance,m5.large,us-east-1,hour,0.096,a,2026-01-01,exact";
    expect(bookOf(row).id).toBe(bookOf(row).id);
    expect(bookOf(row).id).not.toBe(bookOf(row.replace("0.096", "0.097")).id);
  });

  test("gives no price where two equally fitting ones disagree", () => {
    const twice = bookOf(
      "azure,Storage,azurerm_key_vault_key,Keys;key_size=2048,eastus,months,1,a,2026-01-01,exact",
      "azure,Storage,azurerm_key_vault_key,Keys;key_type=RSA,eastus,months,5,a,2026-01-01,exact",
    );
    const key = { type: "azurerm_key_vault_key", sku: "Keys", region: "eastus", unit: "months" };
    expect(twice.find({ ...key, attributes: { key_size: "2048", key_type: "RSA" } })).toBeNull();
    expect(twice.find({ ...key, attributes: { key_size: "2048" } })?.unitPrice).toBe("1");
  });
});

describe("the embedded price book", () => {
  const book = embeddedPriceBook();

  test("has a source with a licence for every price's origin", () => {
    expect(book.sources.length).toBeGreaterThan(10);
    for (const source of book.sources) expect(source.licence).not.toBe("");
  });

  test("answers in microseconds", () => {
    const key = {
      type: "aws_instance",
      sku: "m5.large",
      region: "eu-west-1",
      unit: "hours",
      attributes: { os: "linux" },
    };
    const started = performance.now();
    for (let count = 0; count < 10_000; count += 1) book.find(key);
    expect((performance.now() - started) / 10_000).toBeLessThan(0.05);
  });

  test.each([
    ["aws_instance", "m5.large", "us-east-1", { os: "linux" }, "0.096"],
    ["aws_instance", "p3.2xlarge", "us-east-1", { os: "linux" }, "3.06"],
    ["aws_db_instance", "db.t3.large", "us-east-1", { engine: "postgres", deployment: "single-az" }, "0.145"],
    ["azurerm_virtual_machine", "Standard_D2s_v3", "eastus", { os: "Linux", plan: "pay as you go" }, "0.096"],
    ["google_compute_instance", "e2-standard-4", "us-central1", {}, "0.13402284"],
  ])("%s %s in %s costs what the cloud publishes", (type, sku, region, attributes, price) => {
    expect(book.find({ type, sku, region, unit: "hours", attributes })?.unitPrice).toBe(price);
  });
});

const sheetFolder = "../shared/prices";

describe.skipIf(!existsSync(sheetFolder))("the price sheets", () => {
  test("are what the committed book was built from", () => {
    const sheets = readSheets([sheetFolder, ownSheets]);
    expect(buildPriceBook(sheets).id).toBe(embeddedPriceBook().id);
  });
});

import { describe, expect, test } from "vitest";
import { readCounts, readSizes } from "./read-amounts.ts";
import { readName, readQuoted } from "./read-name.ts";
import { readRegions } from "./read-region.ts";
import { findPhrase, isNegated, likeness, stem, tellingWords, wordsIn } from "./words.ts";

describe("sizes", () => {
  test.each([
    ["10 GB", 10],
    ["100GB", 100],
    ["8 gigs", 8],
    ["1 TB", 1024],
    ["1.5 tib", 1536],
    ["a 64-GB disk", 64],
    ["sixteen gigabytes", 16],
  ])("“%s” is %d GB", (text, expected) => {
    expect(readSizes(text).map(({ value }) => value)).toEqual([expected]);
  });

  test("a machine's name or a port is no size", () => {
    expect(readSizes("g5.12xlarge on port 8080 with 4 GBit")).toEqual([]);
  });
});

describe("counts", () => {
  test.each([
    ["three nodes", 3, "nodes"],
    ["2 small servers", 2, "small servers"],
    ["a dozen pods", 12, "pods"],
    ["5 of our machines", 5, "our machines"],
  ])("“%s” counts %i", (text, number, thing) => {
    const reading = readCounts(text).find(({ value }) => value.number === number);
    expect(thing.split(" ").some((word) => reading?.value.thing.includes(word))).toBe(true);
  });

  test("an article counts nothing", () => {
    expect(readCounts("a node and an instance")).toEqual([]);
  });
});

describe("regions", () => {
  test.each([
    ["in Frankfurt", "eu-central-1"],
    ["in germany", "germanywestcentral"],
    ["Dublin", "eu-west-1"],
    ["amsterdam", "westeurope"],
    ["us-east-1", "us-east-1"],
    ["EU-WEST-1", "eu-west-1"],
    ["europe-west3", "europe-west3"],
    ["northeurope", "northeurope"],
    ["Virginia", "us-east-1"],
    ["são paulo", "sa-east-1"],
    ["Tokio".replace("Tokio", "Tokyo"), "ap-northeast-1"],
    ["Franfurt", "eu-central-1"],
    ["Stokholm", "eu-north-1"],
  ])("“%s” may mean %s", (text, expected) => {
    expect(readRegions(text).flatMap(({ value }) => value)).toContain(expected);
  });

  test("what is no place is no region", () => {
    expect(readRegions("the westwing of the building, paristan, m5-large-1")).toEqual([]);
  });
});

describe("names", () => {
  test.each([
    ["called shop", "shop"],
    ["named 'shop test'", "shop test"],
    ["name it “Spring demo”", "Spring demo"],
    ["a db called orders_v2, please", "orders_v2"],
    ["call it perf-1.", "perf-1"],
  ])("“%s” gives the name %s", (text, expected) => {
    expect(readName(text)?.value).toBe(expected);
  });

  test("quotes of every style are read, an apostrophe is none", () => {
    expect(readQuoted(`"a" “b” „c“ «d» 'e' \`f\``).map(({ value }) => value)).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(readQuoted("I'm the team's lead")).toEqual([]);
  });
});

describe("words", () => {
  test.each([
    ["not public", true],
    ["without a public address", true],
    ["no smoke public", true],
    ["public", false],
    ["not now, public", false],
    ["not small but public", false],
  ])("whether “%s” refuses it: %s", (text, expected) => {
    expect(isNegated(text, text.indexOf("public"))).toBe(expected);
  });

  test.each([
    ["postgress", "postgres", true],
    ["kuberentes", "kubernetes", true],
    ["namespce", "namespace", true],
    ["rest", "test", false],
    ["like", "live", false],
    ["a100", "a10g", false],
    ["dataset", "database", false],
    ["contains", "containers", false],
  ])("whether “%s” is meant for “%s”: %s", (written, known, expected) => {
    expect(likeness(stem(written), stem(known)) > 0).toBe(expected);
  });

  test("plural and form do not matter", () => {
    for (const [a, b] of [
      ["databases", "database"],
      ["policies", "policy"],
      ["fine-tuning", "fine-tune"],
      ["boxes", "box"],
    ])
      expect(stem(a ?? "")).toBe(stem(b ?? ""));
  });

  test("fillers tell nothing", () => {
    expect(tellingWords("I would like to have a Postgres, please").map(({ text }) => text)).toEqual(["postgres"]);
  });

  test("a phrase is found where it stands", () => {
    const text = "a load balancer in front";
    const found = findPhrase(wordsIn(text), "load balancers");
    expect(found && text.slice(...found.span)).toBe("load balancer");
    expect(findPhrase(wordsIn("balancer load"), "load balancer")).toBeUndefined();
  });
});

test("every span is exactly its quote, in any language and script", () => {
  const text = "Zwei Server für “日本” 👩‍💻 in Frankfurt with 10 GB and 3 nodes called 'héllo wörld' 𝒳 until";
  const readings = [
    ...readSizes(text),
    ...readCounts(text),
    ...readRegions(text),
    ...readQuoted(text),
    ...[readName(text)].filter((reading) => reading !== undefined),
  ];
  expect(readings.length).toBeGreaterThan(4);
  for (const { quote, span } of readings) expect(text.slice(...span)).toBe(quote);
});

import MiniSearch from "minisearch";

/** What can be searched of a blueprint; a `Blueprint` and a `CatalogCard` both have it. */
export type Searchable = {
  title: string;
  description: string;
  category: string;
  cloud: string | null;
  owner: { team: string };
  labels: readonly { key: string; value: string | null }[];
  synonyms: readonly string[];
  prompts: readonly { text: string; title: string }[];
};

/** Words of the trade that mean the same; each finds the others. */
const sameMeaning = [
  ["kubernetes", "k8s", "cluster", "namespace"],
  ["vm", "virtual machine", "server", "instance", "machine", "host", "box"],
  ["db", "database", "sql", "rds"],
  ["postgres", "postgresql", "pg", "psql"],
  ["gpu", "cuda", "nvidia", "training", "ml", "deep learning"],
  ["s3", "bucket", "storage", "blob"],
  ["site", "website", "web page", "page", "webpage", "web"],
  ["workstation", "desktop", "dev box", "devbox"],
  ["analytics", "bigquery", "warehouse", "dataset"],
  ["gcp", "google"],
  ["aws", "amazon"],
  ["azure", "microsoft"],
  ["sandbox", "playground", "scratch"],
  ["load balancer", "alb", "elb"],
];

const fields = ["name", "title", "synonyms", "labels", "category", "kinds", "cloud", "team", "prompts", "description"];
const boost = { name: 4, title: 4, synonyms: 3, category: 2, kinds: 2, cloud: 2, labels: 1.5 };
const fillWords = new Set(
  "a an the for to of in on with and or i we need want please some my our me it is this that at".split(" "),
);

type Named = { name: string; thing: Searchable; kinds: readonly string[] };
export type Index = { search: MiniSearch; names: readonly string[] };

/** Builds an index over blueprints; a few hundred take some ten milliseconds. */
export function indexCatalog(named: readonly Named[]): Index {
  const search = new MiniSearch({ idField: "name", fields, processTerm: toTerm });
  search.addAll(
    named.map(({ name, thing, kinds }) => ({
      name,
      title: thing.title,
      synonyms: thing.synonyms.join(" "),
      labels: thing.labels.map(({ key, value }) => `${key} ${value ?? ""}`).join(" "),
      category: thing.category,
      kinds: kinds.join(" "),
      cloud: [thing.cloud ?? "", ...synonymsOf(thing.cloud ?? "")].join(" "),
      team: thing.owner.team,
      prompts: thing.prompts.map((prompt) => `${prompt.title} ${prompt.text.replace(/\{[^}]*\}/g, " ")}`).join(" "),
      description: thing.description,
    })),
  );
  return { search, names: named.map(({ name }) => name) };
}

function toTerm(term: string): string | null {
  const plain = term.toLowerCase();
  return fillWords.has(plain) ? null : plain;
}

function synonymsOf(word: string): string[] {
  return sameMeaning
    .filter((group) => group.includes(word))
    .flatMap((group) => group.filter((other) => other !== word));
}

const asSynonym = { combineWith: "AND" as const, boostTerm: () => 0.5, fuzzy: false, prefix: false };

/** Best first. Every word counts (prefix, typos forgiven, synonyms); when nothing has them all, any of them will do. */
export function searchIndex(index: Index, query: string): { name: string; score: number }[] {
  const words = query
    .slice(0, 200)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !fillWords.has(word));
  if (words.length === 0) return index.names.map((name) => ({ name, score: 1 }));
  const alternatives = words.map((word) => ({
    combineWith: "OR" as const,
    queries: [word, ...synonymsOf(word).map((other) => ({ ...asSynonym, queries: [other] }))],
  }));
  const options = {
    boost,
    prefix: (term: string) => term.length > 1,
    fuzzy: (term: string) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false),
    weights: { fuzzy: 0.35, prefix: 0.6 },
  };
  const all = index.search.search({ combineWith: "AND", queries: alternatives }, options);
  const found = all.length > 0 ? all : index.search.search({ combineWith: "OR", queries: alternatives }, options);
  return found.map(({ id, score }) => ({ name: String(id), score }));
}

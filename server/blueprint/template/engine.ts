import { Liquid, type Template } from "liquidjs";
import { limits } from "#server/blueprint/limits.ts";

/** Loops and partials are left out: with them gone, a template's cost is bounded by its length. */
export const templateTags = ["assign", "capture", "case", "comment", "if", "unless", "raw", "#"] as const;

const filters = [
  "abs append at_least at_most base64_decode base64_encode capitalize ceil compact concat date default divided_by downcase",
  "escape escape_once first floor join json jsonify last lstrip minus modulo newline_to_br plus prepend remove remove_first",
  "replace replace_first reverse round rstrip size slice sort split strip strip_html strip_newlines times to_integer truncate",
  "truncatewords uniq upcase url_decode url_encode sha256",
]
  .join(" ")
  .split(" ");

function createEngine(): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: limits.templateLength,
    renderLimit: 200,
    memoryLimit: 1_000_000,
    timezoneOffset: 0,
    locale: "en-US",
  });
  for (const name of Object.keys(engine.tags))
    if (!(templateTags as readonly string[]).includes(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!filters.includes(name)) delete engine.filters[name];
  engine.registerFilter("key_access", (value: unknown, key: unknown) => keyAccess(value, String(key)));
  return engine;
}

/** Torque's own filter: one key of a JSON text. */
function keyAccess(value: unknown, key: string): string {
  let parsed: unknown = value;
  if (typeof value === "string") {
    try {
      parsed = JSON.parse(value);
    } catch {
      return "";
    }
  }
  if (parsed === null || typeof parsed !== "object" || !Object.hasOwn(parsed, key)) return "";
  const found = (parsed as Record<string, unknown>)[key];
  return typeof found === "string" ? found : (JSON.stringify(found) ?? "");
}

const engine = createEngine();

export class TemplateError extends Error {
  readonly kind: "syntax" | "tag" | "limit";

  constructor(kind: TemplateError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

export function isTemplate(text: string): boolean {
  return text.includes("{{") || text.includes("{%");
}

export type ParsedTemplate = { source: string; nodes: Template[] };

/** Parses a template of the format: Liquid, with roots written `.inputs.x` and names in brackets `.inputs.["A B"]`. */
export function parseTemplate(source: string): ParsedTemplate {
  if (source.length > limits.templateLength)
    throw new TemplateError("limit", `The template is longer than the limit of ${limits.templateLength} characters.`);
  checkTags(source);
  const normal = normalize(source);
  const dangling = /[\w\]]\.\s*(?:\||[-%}]?\})/.exec(insides(normal).join("\n"));
  if (dangling) throw new TemplateError("syntax", "The template is not well formed: a path ends with a dot.");
  try {
    return { source, nodes: engine.parse(normal) };
  } catch (error) {
    throw translate(error);
  }
}

const loops = ["for", "tablerow", "cycle", "increment", "decrement", "break", "continue"];

function checkTags(source: string): void {
  const withoutRaw = source.replace(/\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}/g, "");
  for (const [, tag = ""] of withoutRaw.matchAll(/\{%-?\s*(#|\w+)/g)) {
    if ((templateTags as readonly string[]).includes(tag) || /^(?:end\w+|elsif|else|when)$/.test(tag)) continue;
    if (loops.includes(tag))
      throw new TemplateError(
        "limit",
        `The template uses \`${tag}\`; loops are beyond the limit of what a template may do.`,
      );
    throw new TemplateError(
      "tag",
      `The template uses the tag \`${tag}\`, which is not offered; nor are include, render, layout and block.`,
    );
  }
}

/** What stands between delimiters. */
function insides(source: string): string[] {
  return [...source.matchAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g)].map(([text]) => text);
}

/** Turns `.inputs.["A B"]` into `.inputs["A B"]`, leaving texts in quotes alone. */
function normalize(source: string): string {
  return source.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (inside) =>
    inside.replace(/"[^"]*"|'[^']*'|\.\[/g, (part) => (part === ".[" ? "[" : part)),
  );
}

function translate(error: unknown): TemplateError {
  if (error instanceof TemplateError) return error;
  const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
  if (/limit exceeded/i.test(message))
    return new TemplateError("limit", `The template goes beyond its limit: ${message}.`);
  if (error instanceof RangeError) return new TemplateError("limit", "The template goes beyond its limit of memory.");
  return new TemplateError("syntax", `The template is not well formed: ${message}.`);
}

/** Path of one value a template reads: `["inputs", "size"]`. A segment that is computed is null. */
export type Reference = (string | null)[];

export function referencesOf(template: ParsedTemplate): Reference[] {
  try {
    return engine
      .globalVariableSegmentsSync(template.nodes)
      .map((segments) => segments.map((segment) => (Array.isArray(segment) ? null : String(segment))));
  } catch (error) {
    throw translate(error);
  }
}

/** Renders once; values are data and are never rendered again. */
export function renderParsed(template: ParsedTemplate, scope: object): string {
  try {
    return String(engine.renderSync(template.nodes, scope));
  } catch (error) {
    throw translate(error);
  }
}

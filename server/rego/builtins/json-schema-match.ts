import { codePointCount } from "#server/rego/values/code-points.ts";
import { jsonText } from "#server/rego/values/json.ts";
import { toBigInt, toSafeInteger } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { equal, isArray, isNumber, keyOf, type Value } from "#server/rego/values/value.ts";
import type { BuiltinContext } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { hasFormat } from "./json-formats.ts";
import { schemaList } from "./json-schema-check.ts";
import { type Fault, numberFaults } from "./json-schema-numbers.ts";
import { pattern } from "./re2.ts";

/** One place where a document does not fit its schema. */
export interface Mismatch {
  readonly field: string;
  readonly type: string;
  readonly text: string;
}

function typeOf(value: Value): string {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  if (value instanceof RegoObject) return "object";
  if (!isNumber(value)) return typeof value;
  return toBigInt(value) === undefined ? "number" : "integer";
}

function asList(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : isArray(value) ? value : [value];
}

const MAX_DEPTH = 200;

/** Walks a document along its schema and collects what does not fit. */
export class SchemaMatcher {
  private readonly root: Value;
  private readonly ctx: BuiltinContext;
  private depth = 0;

  constructor(root: Value, ctx: BuiltinContext) {
    this.root = root;
    this.ctx = ctx;
  }

  match(value: Value, schema: Value, path: readonly string[] = []): Mismatch[] {
    this.ctx.charge(1);
    if (schema === true) return [];
    if (!(schema instanceof RegoObject)) return [this.mismatch(path, ["false", "False always fails validation"])];
    if (++this.depth > MAX_DEPTH) throw failed("schema is nested too deeply");
    try {
      const ref = schema.get("$ref");
      return ref === undefined ? this.matchKeywords(value, schema, path) : this.match(value, this.resolve(ref), path);
    } finally {
      this.depth--;
    }
  }

  private mismatch(path: readonly string[], [type, text]: Fault): Mismatch {
    return { field: path.length === 0 ? "(root)" : path.join("."), type, text };
  }

  /** Only places of the same schema can be referred to: nothing is fetched. */
  private resolve(ref: Value): Value {
    if (typeof ref !== "string" || !ref.startsWith("#")) throw failed(`reference ${jsonText(ref)} is not local`);
    let at: Value | undefined = this.root;
    for (const part of ref.slice(1).split("/").slice(1)) {
      const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
      at = at instanceof RegoObject ? at.get(name) : at !== undefined && isArray(at) ? at[Number(name)] : undefined;
    }
    if (at === undefined) throw failed(`reference ${ref} leads nowhere`);
    return at;
  }

  private matchKeywords(value: Value, schema: RegoObject, path: readonly string[]): Mismatch[] {
    const types = asList(schema.get("type"));
    const type = typeOf(value);
    const isTyped = types.length === 0 || types.includes(type) || (type === "integer" && types.includes("number"));
    if (!isTyped) {
      const text = `Invalid type. Expected: ${types.map(String).join(",")}, given: ${type}`;
      return [this.mismatch(path, ["invalid_type", text])];
    }
    const faults = [...this.commonFaults(value, schema, path), ...this.scalarFaults(value, schema)];
    const below = isArray(value) ? this.matchItems(value, schema, path) : [];
    const fields = value instanceof RegoObject ? this.matchFields(value, schema, path) : [];
    const own = faults.map((fault) => this.mismatch(path, fault));
    return [...this.matchBranches(value, schema, path), ...own, ...below, ...fields];
  }

  private commonFaults(value: Value, schema: RegoObject, path: readonly string[]): Fault[] {
    const field = path.length === 0 ? "(root)" : path.join(".");
    const constant = schema.get("const");
    const allowed = schema.get("enum");
    const faults: Fault[] = [];
    if (constant !== undefined && !equal(constant, value)) {
      faults.push(["const", `${field} does not match: ${jsonText(constant)}`]);
    }
    if (allowed !== undefined && isArray(allowed) && !allowed.some((one) => equal(one, value))) {
      faults.push(["enum", `${field} must be one of the following: ${allowed.map(jsonText).join(", ")}`]);
    }
    return faults;
  }

  private scalarFaults(value: Value, schema: RegoObject): Fault[] {
    if (isNumber(value)) return numberFaults(value, schema);
    if (typeof value !== "string") return [];
    const length = codePointCount(value);
    const faults = this.countFaults(schema, length, {
      min: ["minLength", ["string_gte", "String length must be greater than or equal to %"]],
      max: ["maxLength", ["string_lte", "String length must be less than or equal to %"]],
    });
    const source = schema.get("pattern");
    if (typeof source === "string" && !pattern(source, value, this.ctx).matcher(value).find()) {
      faults.push(["pattern", `Does not match pattern '${source}'`]);
    }
    const format = schema.get("format");
    if (typeof format === "string" && !hasFormat(value, format)) {
      faults.push(["format", `Does not match format '${format}'`]);
    }
    return faults;
  }

  private countFaults(
    schema: RegoObject,
    count: number,
    { min, max }: { min: readonly [string, Fault]; max: readonly [string, Fault] },
  ): Fault[] {
    const limit = (keyword: string) => {
      const value = schema.get(keyword);
      return value !== undefined && isNumber(value) ? toSafeInteger(value) : undefined;
    };
    const [least, most] = [limit(min[0]), limit(max[0])];
    const faults: Fault[] = [];
    const add = ([type, text]: Fault, wanted: number) => faults.push([type, text.replace("%", String(wanted))]);
    if (least !== undefined && count < least) add(min[1], least);
    if (most !== undefined && count > most) add(max[1], most);
    return faults;
  }

  private holds(value: Value, schema: Value, path: readonly string[]): boolean {
    return this.match(value, schema, path).length === 0;
  }

  private matchBranches(value: Value, schema: RegoObject, path: readonly string[]): Mismatch[] {
    const found: Mismatch[] = [];
    const add = (fault: Fault, ...more: Mismatch[]) => found.push(this.mismatch(path, fault), ...more);
    const results = (name: string) => schemaList(schema, name).map((one) => this.match(value, one, path));
    const any = results("anyOf");
    if (any.length > 0 && any.every((result) => result.length > 0)) {
      add(["number_any_of", "Must validate at least one schema (anyOf)"], ...fewest(any));
    }
    const one = results("oneOf");
    const fitting = one.filter((result) => result.length === 0).length;
    if (one.length > 0 && fitting !== 1) {
      const more = fitting === 0 ? fewest(one) : [];
      add(["number_one_of", "Must validate one and only one schema (oneOf)"], ...more);
    }
    const all = results("allOf").flat();
    if (all.length > 0) add(["number_all_of", "Must validate all the schemas (allOf)"], ...all);
    const not = schema.get("not");
    if (not !== undefined && this.holds(value, not, path)) add(["number_not", "Must not validate the schema (not)"]);
    return [...found, ...this.matchCondition(value, schema, path)];
  }

  private matchCondition(value: Value, schema: RegoObject, path: readonly string[]): Mismatch[] {
    const condition = schema.get("if");
    if (condition === undefined) return [];
    const branch = this.holds(value, condition, path) ? "then" : "else";
    const consequence = schema.get(branch);
    const found = consequence === undefined ? [] : this.match(value, consequence, path);
    if (found.length === 0) return [];
    const was = branch === "then" ? "was valid" : "was not valid";
    return [this.mismatch(path, [`condition_${branch}`, `Must validate "${branch}" as "if" ${was}`]), ...found];
  }

  private matchItems(items: readonly Value[], schema: RegoObject, path: readonly string[]): Mismatch[] {
    const faults = this.countFaults(schema, items.length, {
      min: ["minItems", ["array_min_items", "Array must have at least % items"]],
      max: ["maxItems", ["array_max_items", "Array must have at most % items"]],
    });
    if (schema.get("uniqueItems") === true && new Set(items.map(keyOf)).size < items.length) {
      faults.push(["unique", "array items must be unique"]);
    }
    const contained = schema.get("contains");
    if (contained !== undefined && !items.some((item) => this.holds(item, contained, path))) {
      faults.push(["contains", "At least one of the items must match"]);
    }
    const each = schema.get("items");
    const positional = each !== undefined && isArray(each) ? each : undefined;
    const rest = positional ? schema.get("additionalItems") : each;
    if (rest === false && positional && items.length > positional.length) {
      faults.push(["array_no_additional_items", "No additional items allowed on array"]);
    }
    const below = items.flatMap((item, i) => {
      const wanted = positional?.[i] ?? (positional && rest === false ? undefined : rest);
      return wanted === undefined || wanted === null ? [] : this.match(item, wanted, [...path, String(i)]);
    });
    return [...faults.map((fault) => this.mismatch(path, fault)), ...below];
  }

  private matchFields(object: RegoObject, schema: RegoObject, path: readonly string[]): Mismatch[] {
    const faults = this.countFaults(schema, object.size, {
      min: ["minProperties", ["array_min_properties", "Must have at least % properties"]],
      max: ["maxProperties", ["array_max_properties", "Must have at most % properties"]],
    });
    for (const name of asList(schema.get("required"))) {
      if (!object.has(name)) faults.push(["required", `${String(name)} is required`]);
    }
    const names = schema.get("propertyNames");
    const below: Mismatch[] = [];
    for (const [key, value] of object.entries()) {
      const name = String(key);
      if (names !== undefined && !this.holds(key, names, path)) {
        faults.push(["invalid_property_name", `Property name of "${name}" does not match`]);
      }
      const wanted = this.schemasOf(name, schema);
      if (wanted === undefined) {
        faults.push(["additional_property_not_allowed", `Additional property ${name} is not allowed`]);
      } else for (const one of wanted) below.push(...this.match(value, one, [...path, name]));
    }
    const own = faults.map((fault) => this.mismatch(path, fault));
    return [...own, ...this.matchDependencies(object, schema, path), ...below];
  }

  /** The schemas of a property; undefined where it is not allowed. */
  private schemasOf(name: string, schema: RegoObject): readonly Value[] | undefined {
    const properties = schema.get("properties");
    const patterns = schema.get("patternProperties");
    const wanted: Value[] = [];
    const own = properties instanceof RegoObject ? properties.get(name) : undefined;
    if (own !== undefined) wanted.push(own);
    if (patterns instanceof RegoObject) {
      for (const [source, one] of patterns.entries()) {
        if (pattern(String(source), name, this.ctx).matcher(name).find()) wanted.push(one);
      }
    }
    if (wanted.length > 0) return wanted;
    const additional = schema.get("additionalProperties");
    return additional === false ? undefined : additional === undefined ? [] : [additional];
  }

  private matchDependencies(object: RegoObject, schema: RegoObject, path: readonly string[]): Mismatch[] {
    const dependencies = schema.get("dependencies");
    if (!(dependencies instanceof RegoObject)) return [];
    return dependencies.entries().flatMap(([name, wanted]) => {
      if (!object.has(name)) return [];
      if (!isArray(wanted)) return this.match(object, wanted, path);
      const missing = wanted.filter((other) => !object.has(other));
      return missing.map((other) =>
        this.mismatch(path, ["missing_dependency", `Has a dependency on ${String(other)}`]),
      );
    });
  }
}

/** The branch that came closest says most. */
function fewest(results: readonly Mismatch[][]): Mismatch[] {
  return results.reduce((best, result) => (result.length < best.length ? result : best));
}

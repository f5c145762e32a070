import { type Annotation, readAnnotations } from "#server/rego/annotations.ts";
import type { Module, Rule } from "#server/rego/ast.ts";
import { constantPath } from "#server/rego/compile/rule-tree.ts";
import { fromJson } from "#server/rego/values/from-json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";

interface Placed {
  scope: string;
  annotation: Annotation;
  module: Module;
  rule: Rule | undefined;
}

/** Which metadata block speaks of which package or rule: what `rego.metadata.*` answers from. */
export class ModuleMetadata {
  private readonly placed: Placed[];

  constructor(modules: readonly Module[]) {
    this.placed = modules.flatMap((module) => readAnnotations(module).map((annotation) => place(annotation, module)));
  }

  /** The rule's own annotations. */
  ofRule(rule: Rule): Value {
    const own = this.placed.find(
      (one) => one.scope === "rule" && one.rule?.loc.row === rule.loc.row && one.module === rule.module,
    );
    return own === undefined ? RegoObject.empty : fields(own);
  }

  /** From the rule outwards: rule, document, package, packages above. */
  chain(rule: Rule): Value {
    const path = constantPath(rule);
    const own = this.placed.find(
      (one) => one.scope === "rule" && one.rule?.loc.row === rule.loc.row && one.module === rule.module,
    );
    const key = path.join("\0");
    const document = this.placed.filter(
      (one) => one.scope === "document" && one.rule !== undefined && constantPath(one.rule).join("\0") === key,
    );
    const links = [link(path, own), ...document.map((one) => link(path, one))];
    const { packagePath } = rule.module;
    const packages = this.placed.filter(
      (one) => one.scope === "package" && one.module.packagePath.join("\0") === packagePath.join("\0"),
    );
    links.push(...packages.map((one) => link(packagePath, one)));
    for (let length = packagePath.length; length > 0; length--) {
      const above = packagePath.slice(0, length).join("\0");
      const subpackages = this.placed.filter(
        (one) => one.scope === "subpackages" && one.module.packagePath.join("\0") === above,
      );
      links.push(...subpackages.map((one) => link(packagePath.slice(0, length), one)));
    }
    return links;
  }
}

function place(annotation: Annotation, module: Module): Placed {
  const isOfPackage = module.packageLoc.row > annotation.endRow;
  const rule = isOfPackage ? undefined : module.rules.find(({ loc }) => loc.row > annotation.endRow);
  return { scope: annotation.scope ?? (isOfPackage ? "package" : "rule"), annotation, module, rule };
}

function link(path: readonly Value[], placed: Placed | undefined): Value {
  const entries: [Value, Value][] = [["path", path]];
  if (placed !== undefined) entries.push(["annotations", fields(placed)]);
  return RegoObject.of(entries);
}

function fields({ annotation, scope }: Placed): Value {
  const { row: _row, endRow: _endRow, ...rest } = annotation;
  const { authors, related_resources: resources } = rest;
  return fromJson({
    ...rest,
    scope,
    ...(Array.isArray(authors) ? { authors: authors.map(author) } : {}),
    ...(Array.isArray(resources)
      ? { related_resources: resources.map((one) => (typeof one === "string" ? { ref: one } : one)) }
      : {}),
  });
}

/** `Name <address>` or either alone. */
function author(text: unknown): unknown {
  if (typeof text !== "string") return text;
  const [, name = "", email] = /^([^<]*?)\s*(?:<([^>]*)>)?$/.exec(text.trim()) ?? [];
  return { ...(name === "" ? {} : { name }), ...(email === undefined ? {} : { email }) };
}

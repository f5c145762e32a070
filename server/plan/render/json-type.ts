import type { Type } from "#server/plan/value/type.ts";

/** A type as plan JSON spells it: `"string"`, `["list","string"]`, `["object",{…}]`. */
export function jsonType(type: Type): unknown {
  if (type.kind === "any") return "dynamic";
  if (type.kind === "tuple") return ["tuple", type.elements.map(jsonType)];
  if (type.kind === "object")
    return ["object", Object.fromEntries([...type.attributes].map(([name, item]) => [name, jsonType(item)]))];
  return "element" in type ? [type.kind, jsonType(type.element)] : type.kind;
}

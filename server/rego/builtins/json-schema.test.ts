import { expect, test } from "vitest";
import { call } from "./testing/call.ts";

test.each([
  ["{}", "true", []],
  ['{"type": "object", "required": ["a"]}', "{}", ["(root): a is required"]],
  [
    '{"properties": {"id": {"type": "integer"}}}',
    '{"id": "x"}',
    ["id: Invalid type. Expected: integer, given: string"],
  ],
  ['{"properties": {"id": {"type": "integer"}}}', '{"id": 5.0}', []],
  [
    '{"properties": {"a": {"items": {"type": ["string", "null"]}}}}',
    '{"a": ["x", null, 1]}',
    ["a.2: Invalid type. Expected: string,null, given: integer"],
  ],
  [
    '{"additionalProperties": false, "properties": {"a": true}, "patternProperties": {"^x-": {}}}',
    '{"a": 1, "x-b": 1, "c": 1}',
    ["(root): Additional property c is not allowed"],
  ],
  [
    '{"minimum": 2, "maximum": 3, "multipleOf": 0.5}',
    "3.25",
    ["(root): Must be less than or equal to 3", "(root): Must be a multiple of 0.5"],
  ],
  ['{"minimum": 2, "exclusiveMinimum": true}', "2", ["(root): Must be greater than 2"]],
  [
    '{"minLength": 2, "pattern": "^b"}',
    '"😀"',
    ["(root): String length must be greater than or equal to 2", "(root): Does not match pattern '^b'"],
  ],
  ['{"format": "date-time"}', '"2024-02-30T00:00:00Z"', ["(root): Does not match format 'date-time'"]],
  ['{"enum": [1, "a"]}', "2", ['(root): (root) must be one of the following: 1, "a"']],
  ['{"const": {"a": 1}}', '{"a": 1.0}', []],
  [
    '{"uniqueItems": true, "maxItems": 1}',
    "[1, 1.0]",
    ["(root): Array must have at most 1 items", "(root): array items must be unique"],
  ],
  [
    '{"items": [{"type": "string"}], "additionalItems": false}',
    '["a", 1]',
    ["(root): No additional items allowed on array"],
  ],
  [
    '{"anyOf": [{"type": "string"}, {"minimum": 5}]}',
    "3",
    ["(root): Must validate at least one schema (anyOf)", "(root): Invalid type. Expected: string, given: integer"],
  ],
  ['{"oneOf": [{"type": "integer"}, {"minimum": 2}]}', "3", ["(root): Must validate one and only one schema (oneOf)"]],
  ['{"not": {"type": "null"}}', "null", ["(root): Must not validate the schema (not)"]],
  [
    '{"if": {"required": ["a"]}, "then": {"required": ["b"]}}',
    '{"a": 1}',
    ['(root): Must validate "then" as "if" was valid', "(root): b is required"],
  ],
  ['{"dependencies": {"a": ["b"]}}', '{"a": 1}', ["(root): Has a dependency on b"]],
  [
    '{"definitions": {"n": {"type": "number"}}, "additionalProperties": {"$ref": "#/definitions/n"}}',
    '{"a": "x"}',
    ["a: Invalid type. Expected: number, given: string"],
  ],
])("%s finds in %s: %j", (schema, document, wanted) => {
  const [isMatch, errors] = JSON.parse(call("json.match_schema", JSON.stringify([document, schema])));
  expect(errors.map(({ error }: { error: string }) => error)).toEqual(wanted);
  expect(isMatch).toBe(wanted.length === 0);
});

test.each([
  ["json.verify_schema", '[{"type": "boolean"}]', "[true,null]"],
  [
    "json.verify_schema",
    '[{"properties": {"a": {"type": "unknown"}}}]',
    '[false,"jsonschema: has a primitive type that is NOT VALID -- given: /unknown/ Expected valid values are:[array boolean integer number null object string]"]',
  ],
  ["json.verify_schema", '["{"]', '[false,"jsonschema: invalid JSON string"]'],
  ["json.match_schema", "[1, {}]", "eval_builtin_error: json.match_schema: wrong type, expected string or object"],
  [
    "json.match_schema",
    '[{"a": 1}, {"$ref": "https://example.com/schema"}]',
    'eval_builtin_error: json.match_schema: reference "https://example.com/schema" is not local',
  ],
  [
    "json.match_schema",
    '[{"a": 1}, {"$ref": "#"}]',
    "eval_builtin_error: json.match_schema: schema is nested too deeply",
  ],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

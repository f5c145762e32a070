import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { jsonText } from "#server/rego/values/json.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { FunctionBuiltin } from "./builtin.ts";
import { builtins } from "./registry.ts";
import { call, testContext } from "./testing/call.ts";

test.each([
  ["base64.encode", '["hellö"]', '"aGVsbMO2"'],
  ["base64.decode", '["aGVsbMO2"]', '"hellö"'],
  ["base64.decode", '["aGk"]', "eval_builtin_error: base64.decode: illegal base64 data at input byte 0"],
  ["base64.decode", '["a_k="]', "eval_builtin_error: base64.decode: illegal base64 data at input byte 1"],
  ["base64.is_valid", '["aGk="]', "true"],
  ["base64.is_valid", '["aGk=="]', "false"],
  ["base64url.encode", '["???>>"]', '"Pz8_Pj4="'],
  ["base64url.encode_no_pad", '["???>>"]', '"Pz8_Pj4"'],
  ["base64url.decode", '["Pz8_Pj4"]', '"???>>"'],
  ["hex.encode", '["lorem"]', '"6c6f72656d"'],
  ["hex.decode", '["6c6f"]', '"lo"'],
  ["hex.decode", '["fghi"]', "eval_builtin_error: hex.decode: encoding/hex: invalid byte: U+0067 'g'"],
  ["urlquery.encode", '["a=b+1 ü~"]', '"a%3Db%2B1+%C3%BC~"'],
  ["urlquery.decode", '["a%3Db+c"]', '"a=b c"'],
  ["urlquery.decode", '["%zz"]', 'eval_builtin_error: urlquery.decode: invalid URL escape "%zz"'],
  ["urlquery.encode_object", '[{"a": "c=b", "d": ["x", "y"]}]', '"a=c%3Db&d=x&d=y"'],
  [
    "urlquery.encode_object",
    '[{"a": 1}]',
    "eval_type_error: urlquery.encode_object: operand 1 values must be string, array[string], or set[string]",
  ],
  ["urlquery.decode_object", '["a=1&b=2&a=3"]', '{"a":["1","3"],"b":["2"]}'],
  ["json.marshal", '[[{"foo": {"set!": [1, 1.10]}, "<": null}]]', '"[{\\"\\\\u003c\\":null,\\"foo\\":[1,1.10]}]"'],
  ["json.marshal_with_options", '[[1, {}], {"prefix": "> "}]', '"> [\\n> \\t1,\\n> \\t{}\\n> ]"'],
  [
    "json.marshal_with_options",
    '[{"a": [1]}, {"indent": "  ", "pretty": true}]',
    '"{\\n  \\"a\\": [\\n    1\\n  ]\\n}"',
  ],
  [
    "json.marshal_with_options",
    '[[], {"x": 1}]',
    'eval_type_error: json.marshal_with_options: operand 2 object contained unknown key "x"',
  ],
  ["json.unmarshal", '["{\\"a\\": 1.10}"]', '{"a":1.10}'],
  ["json.unmarshal", '["{"]', "eval_builtin_error: json.unmarshal: unexpected end of JSON input"],
  ["json.is_valid", '["{}"]', "true"],
  ["json.is_valid", "[1]", "false"],
  ["yaml.unmarshal", '["a: [1, 0x10, yes, 2020-01-01, 1.5, ~]"]', '{"a":[1,16,true,"2020-01-01",1.5,null]}'],
  ["yaml.unmarshal", '["p: &a {b: 1}\\nq:\\n  <<: *a\\n  c: 2"]', '{"p":{"b":1},"q":{"b":1,"c":2}}'],
  ["yaml.unmarshal", '["12345678901234567890: 1"]', '{"12345678901234567890":1}'],
  ["yaml.is_valid", '["foo:\\n - a: {"]', "false"],
  [
    "yaml.marshal",
    '[{"g": "a: b", "h": "- x", "j": "null", "m": "2024-01-01", "o": "a\\tb", "p": "\'q\'", "s": "@x"}]',
    "\"g: 'a: b'\\nh: '- x'\\nj: \\\"null\\\"\\nm: \\\"2024-01-01\\\"\\no: \\\"a\\\\tb\\\"\\np: '''q'''\\ns: '@x'\\n\"",
  ],
  [
    "yaml.marshal",
    '[{"a10": 1, "a9": 2, "b": 3, "1": 4, "a": 5, "B": 6}]',
    '"\\"1\\": 4\\nB: 6\\na: 5\\na9: 2\\na10: 1\\nb: 3\\n"',
  ],
  ["yaml.marshal", '[{"a": [1, {"b": "true"}], "c": "x"}]', '"a:\\n- 1\\n- b: \\"true\\"\\nc: x\\n"'],
  [
    "uri.parse",
    '["HTTPS://u:p@example.com:8080/a%2Fb?x=1#f"]',
    '{"fragment":"f","hostname":"example.com","path":"/a/b","port":"8080","raw_path":"/a%2Fb","raw_query":"x=1","scheme":"https"}',
  ],
  ["uri.parse", '["mailto:user@example.com"]', '{"scheme":"mailto"}'],
  ["uri.parse", '["http://[::1]:80/"]', '{"hostname":"::1","path":"/","port":"80","raw_path":"/","scheme":"http"}'],
  ["uri.is_valid", '["http://a b/"]', "false"],
  ["uri.is_valid", '[""]', "false"],
  ["semver.compare", '["1.0.0-alpha.1", "1.0.0-alpha"]', "1"],
  ["semver.compare", '["1.0.0-2", "1.0.0-11"]', "-1"],
  [
    "semver.compare",
    '["1", "1.0.0"]',
    'eval_builtin_error: semver.compare: operand 1: string "1" is not a valid SemVer',
  ],
  ["semver.is_valid", '["v1.2.3+meta"]', "true"],
  ["uuid.parse", '["{38074da4-0b00-388d-9c3c-362de965547a}"]', '{"variant":"RFC4122","version":3}'],
  ["uuid.parse", '["nope"]', "undefined"],
  ["crypto.sha256", '["foo"]', '"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"'],
  ["crypto.hmac.md5", '["foo", "bar"]', '"31b6db9e5eb4addb42f1a6ca07367adc"'],
  ["crypto.hmac.equal", '["a", "a"]', "true"],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

test("bytes that are no text survive decoding and encoding, and are shown as U+FFFD", () => {
  const bytes = Buffer.from([0xff, 0x41, 0x80, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x80]);
  const apply = (name: string, operand: Value) => {
    const builtin = builtins.get(name) as FunctionBuiltin;
    return builtin.call([operand], testContext()) as Value;
  };
  const text = apply("base64.decode", bytes.toString("base64"));
  expect(apply("hex.encode", text)).toBe(bytes.toString("hex"));
  expect(apply("base64.encode", text)).toBe(bytes.toString("base64"));
  expect(apply("crypto.sha256", text)).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(apply("count", text)).toBe(8);
  expect(jsonText(text)).toBe('"\ufffdA\ufffd€😀\ufffd\ufffd\ufffd"');
});

test("a UUID belongs to its key for the whole query", () => {
  const ctx = testContext();
  const first = call("uuid.rfc4122", '["k"]', ctx);
  ctx.random = Math.random;
  expect(call("uuid.rfc4122", '["k"]', ctx)).toBe(first);
  expect(call("uuid.parse", `[${call("uuid.rfc4122", '["other"]', ctx)}]`)).toBe('{"variant":"RFC4122","version":4}');
});

test("a YAML bomb of aliases is refused", () => {
  const lines = ["a0: &a0 [x]"];
  for (let i = 1; i < 12; i++)
    lines.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  expect(call("yaml.unmarshal", JSON.stringify([lines.join("\n")]))).toContain("eval_builtin_error");
});

import { expect, test } from "vitest";
import { call, testContext } from "./testing/call.ts";

test.each([
  ["net.cidr_contains", '["10.0.0.0/8", "10.1.0.0/16"]', "true"],
  ["net.cidr_contains", '["10.0.0.0/8", "11.1.0.1"]', "false"],
  ["net.cidr_contains", '["::ffff:10.0.0.0/104", "10.1.2.3"]', "true"],
  [
    "net.cidr_contains",
    '["10.0.0.0/8", "not-a-cidr"]',
    "eval_builtin_error: net.cidr_contains: not a valid textual representation of an IP address or CIDR: not-a-cidr",
  ],
  [
    "net.cidr_contains",
    '["10.0.0.0", "10.0.0.1"]',
    "eval_builtin_error: net.cidr_contains: invalid CIDR address: 10.0.0.0",
  ],
  ["net.cidr_overlap", '["192.168.1.0/24", "192.168.1.67"]', "true"],
  ["net.cidr_intersects", '["192.168.1.0/25", "192.168.1.64/25"]', "true"],
  ["net.cidr_intersects", '["fe80::/64", "10.0.0.0/8"]', "false"],
  ["net.cidr_is_valid", '["2001:db8::/32"]', "true"],
  ["net.cidr_is_valid", '["010.0.0.0/8"]', "false"],
  ["net.cidr_is_valid", "[5]", "false"],
  ["net.cidr_expand", '["10.0.0.2/30"]', '["10.0.0.0","10.0.0.1","10.0.0.2","10.0.0.3"]'],
  ["net.cidr_expand", '["2001:0:0:1::/127"]', '["2001:0:0:1::","2001:0:0:1::1"]'],
  ["net.cidr_merge", '[["192.0.2.112/31", "192.0.2.116/31", "192.0.2.118/31"]]', '["192.0.2.112/31","192.0.2.116/30"]'],
  ["net.cidr_merge", '[["192.0.129.0/24", "192.0.130.0/24"]]', '["192.0.129.0/24","192.0.130.0/24"]'],
  ["net.cidr_merge", '[["192.0.2.112", "192.0.2.116/31"]]', '["192.0.2.0/24"]'],
  ["net.cidr_merge", '[["2601::1"]]', "eval_builtin_error: net.cidr_merge: IPv6 invalid: needs prefix length"],
  ["net.cidr_contains_matches", '["1.1.1.0/24", "1.1.1.1"]', '[["1.1.1.0/24","1.1.1.1"]]'],
  ["net.cidr_contains_matches", '[["1.1.2.0/24", "1.1.1.0/24"], {"x": ["1.1.1.1", "y"]}]', '[[1,"x"]]'],
  [
    "net.cidr_contains_matches",
    '[["1.1.1.0/24"], [[]]]',
    "eval_builtin_error: net.cidr_contains_matches: operand 2: element must be string or non-empty array",
  ],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

test("expanding a huge network is paid for before it starts", () => {
  const ctx = testContext();
  ctx.charge = (amount) => {
    if (amount > 1e6) throw new Error("budget");
  };
  expect(() => call("net.cidr_expand", '["2001:db8::/32"]', ctx)).toThrow("budget");
});

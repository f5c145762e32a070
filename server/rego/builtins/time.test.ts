import { expect, test } from "vitest";
import { call, testContext } from "./testing/call.ts";

test.each([
  ["time.now_ns", "[]", "1700000000000000000"],
  ["time.format", "[1700000000123456789]", '"2023-11-14T22:13:20.123456789Z"'],
  [
    "time.format",
    '[[1700000000123456789, "America/New_York", "Mon Jan _2 15:04:05.000 MST 2006"]]',
    '"Tue Nov 14 17:13:20.123 EST 2023"',
  ],
  ["time.format", '[[1700000000000000000, "Europe/Berlin", "RFC822Z"]]', '"14 Nov 23 23:13 +0100"'],
  ["time.format", '[[0, "", "2006-002 03:04 PM __2 Z07:00 .999"]]', '"1970-001 12:00 AM   1 Z "'],
  ["time.format", '[[0, "Mars/Base"]]', "eval_builtin_error: time.format: unknown time zone Mars/Base"],
  ["time.parse_rfc3339_ns", '["2017-06-02T19:00:00-07:00"]', "1496455200000000000"],
  ["time.parse_rfc3339_ns", '["2262-04-11T23:47:16.854775807-00:00"]', "9223372036854775807"],
  [
    "time.parse_rfc3339_ns",
    '["1677-09-21T00:12:43.145224191-00:00"]',
    "eval_builtin_error: time.parse_rfc3339_ns: time outside of valid range",
  ],
  ["time.parse_ns", '["2006-01-02", "2020-02-29"]', "1582934400000000000"],
  [
    "time.parse_ns",
    '["2006-01-02", "2021-02-29"]',
    'eval_builtin_error: time.parse_ns: parsing time "2021-02-29": day out of range',
  ],
  [
    "time.parse_ns",
    '["2006-01-02", "2021-13-01"]',
    'eval_builtin_error: time.parse_ns: parsing time "2021-13-01": month out of range',
  ],
  [
    "time.parse_ns",
    '["2006-01-02", "2021-1-01"]',
    'eval_builtin_error: time.parse_ns: parsing time "2021-1-01" as "2006-01-02": cannot parse "1-01" as "01"',
  ],
  [
    "time.parse_ns",
    '["2006-01-02", "2021-01-01x"]',
    'eval_builtin_error: time.parse_ns: parsing time "2021-01-01x": extra text: "x"',
  ],
  ["time.parse_ns", '["RFC1123", "Fri, 02 Jun 2017 19:00:00 GMT"]', "1496430000000000000"],
  ["time.parse_ns", '["Jan 2 2006 3:04pm", "mar 7 2020 1:30pm"]', "1583587800000000000"],
  ["time.parse_ns", '["2006-002", "2020-060"]', "1582934400000000000"],
  ["time.parse_duration_ns", '["1h15m30.918s"]', "4530918000000"],
  ["time.parse_duration_ns", '["-1.5h"]', "-5400000000000"],
  ["time.parse_duration_ns", '["1d2h30m"]', "95400000000000"],
  ["time.parse_duration_ns", '["1"]', 'eval_builtin_error: time.parse_duration_ns: time: missing unit in duration "1"'],
  [
    "time.parse_duration_ns",
    '["1x"]',
    'eval_builtin_error: time.parse_duration_ns: time: unknown unit "x" in duration "1x"',
  ],
  ["time.date", "[1517814000000000000]", "[2018,2,5]"],
  ["time.date", '[[1517814000000000000, "America/Los_Angeles"]]', "[2018,2,4]"],
  ["time.clock", '[[1517832000000000000, "America/New_York"]]', "[7,0,0]"],
  ["time.clock", "[-1]", "[23,59,59]"],
  ["time.clock", "[1582977600000000000000]", "eval_builtin_error: time.clock: timestamp too big"],
  [
    "time.date",
    '["x"]',
    "eval_type_error: time.date: operand 1 must be either number (ns) or [number (ns), string (tz)] but got string",
  ],
  ["time.weekday", "[1517832000000000000]", '"Monday"'],
  ["time.add_date", "[1582977600000000000, 1, 0, 0]", "1614600000000000000"],
  ["time.add_date", "[1585852421593912000, 0, 0, -31]", "1583174021593912000"],
  ["time.add_date", '[[1585396800000000000, "Europe/Berlin"], 0, 0, 1]', "1585479600000000000"],
  ["time.add_date", "[0, 1000, 0, 0]", "eval_builtin_error: time.add_date: time outside of valid range"],
  ["time.diff", "[1700000000000000000, 1582977600000000000]", "[3,8,14,10,13,20]"],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

test("Local is the zone of the evaluation context", () => {
  const ctx = { ...testContext(), timeZone: "Asia/Tokyo" };
  expect(call("time.clock", '[[0, "Local"]]', ctx)).toBe("[9,0,0]");
});

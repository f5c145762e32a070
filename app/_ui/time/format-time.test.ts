import { expect, test } from "vitest";
import { absoluteTime, clockTime, dateInWords, duration, relativeTime } from "./format-time.ts";

const now = new Date("2026-11-20T13:00:00Z");

test.each([
  ["2026-11-20T17:00:00Z", "Europe/Stockholm", "18:00 CET"],
  ["2026-11-21T17:00:00Z", "Europe/Stockholm", "Sat 21 Nov, 18:00 CET"],
  ["2027-01-02T00:30:00Z", "UTC", "Sat 2 Jan 2027, 00:30 UTC"],
  ["2026-11-20T17:00:00Z", "Asia/Kolkata", "22:30 GMT+5:30"],
  ["2026-11-20T17:00:00Z", "America/St_Johns", "13:30 GMT-3:30"],
])("%s is shown in %s as %s", (at, zone, shown) => {
  expect(clockTime(new Date(at), zone, now)).toBe(shown);
});

test("the same clock time on both sides of a change of clocks names its zone", () => {
  expect(clockTime(new Date("2026-10-25T00:30:00Z"), "Europe/Stockholm", now)).toBe("Sun 25 Oct, 02:30 CEST");
  expect(clockTime(new Date("2026-10-25T01:30:00Z"), "Europe/Stockholm", now)).toBe("Sun 25 Oct, 02:30 CET");
});

test.each([
  ["2026-11-20T17:00:00Z", "Europe/Stockholm", "2026-11-20T18:00:00+01:00"],
  ["2026-11-20T17:00:00Z", "UTC", "2026-11-20T17:00:00Z"],
  ["2026-11-20T17:00:00Z", "America/St_Johns", "2026-11-20T13:30:00-03:30"],
])("%s is copied from %s as %s", (at, zone, copied) => {
  expect(absoluteTime(new Date(at), zone)).toBe(copied);
});

test.each([
  [400, "400 ms"],
  [1000, "1 s"],
  [102_000, "1 min 42 s"],
  [3_600_000, "1 h"],
  [273_600_000, "3 d 4 h"],
  [59_999, "1 min"],
])("%d ms is %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test("relative time says which side of now", () => {
  expect(relativeTime(new Date("2026-11-20T15:10:00Z"), now)).toBe("in 2 h 10 min");
  expect(relativeTime(new Date("2026-11-20T12:59:56Z"), now)).toBe("4 s ago");
});

test("a date without a time is the same day everywhere", () => {
  expect(dateInWords("2026-11-20")).toBe("Fri 20 Nov");
  expect(dateInWords("2026-11-20", true)).toBe("20 Nov");
});

import { describe, expect, test } from "vitest";
import { readDuration, readEndless } from "./read-duration.ts";

const at = (now: string, timeZone = "Europe/Berlin") => ({ now: new Date(now), timeZone });
/** A Friday, 10:00 in Berlin. */
const friday = at("2026-11-20T09:00:00Z");
const minutes = (text: string, clock = friday) => readDuration(text, clock)?.value;

describe("a length of time", () => {
  test.each([
    ["for two hours", 120],
    ["for 90 min", 90],
    ["2h 30m", 150],
    ["2 hrs 30 min", 150],
    ["1 day and 4 hours", 1680],
    ["an hour and a half", 90],
    ["two and a half hours", 150],
    ["half a day", 720],
    ["half an hour", 30],
    ["1.5 days", 2160],
    ["1,5 days", 2160],
    ["a couple of hours", 120],
    ["a dozen hours", 720],
    ["3-day", 4320],
    ["a week", 10_080],
    ["a fortnight", 20_160],
    ["two months", 86_400],
    ["48h", 2880],
    ["PT36H", 2160],
    ["P1DT4H", 1680],
    ["for the next 6 hours", 360],
  ])("“%s” is %i minutes", (text, expected) => {
    expect(minutes(text)).toBe(expected);
  });

  test.each([
    "and two servers",
    "a database",
    "an m6i machine",
    "m6i.large",
    "t3.medium",
    "version 3",
    "a few hours or so".replace("a few hours", "some time"),
    "0 hours",
    "a 3 day old dump",
    "7 days of backups",
    "keep messages for 7 days",
    "retention of 14 days",
    "stop after 30 minutes idle",
  ])("“%s” is none", (text) => {
    expect(readDuration(text, friday)).toBeUndefined();
  });

  test("with “for” is meant before one that merely occurs", () => {
    expect(minutes("the 3 hour course, keep it for 2 days")).toBe(2880);
    expect(minutes("keeping data for 14 days, for 3 days")).toBe(4320);
  });
});

describe("a clock time in the user's zone", () => {
  test.each([
    ["until 6pm", 480],
    ["until 18:00", 480],
    ["till 6", 480],
    ["until 20", 600],
    ["until tomorrow noon", 1560],
    ["until tomorrow", 1920],
    ["until Friday", 480],
    ["until Monday", 4800],
    ["until next Tuesday at 9am", 5700],
    ["until 30 November", 14_880],
    ["until 2026-11-23 12:00", 4440],
    ["gone by 5pm", 420],
    ["overnight", 1320],
    ["for the afternoon", 480],
    ["for today", 480],
    ["until end of day", 480],
    ["until EOD", 480],
    ["for the rest of the week", 480],
    ["over the weekend", 4200],
    ["until 18:00 UTC", 540],
  ])("“%s” on a Friday at 10:00 is %i minutes away", (text, expected) => {
    expect(minutes(text)).toBe(expected);
  });

  test("the same words mean another length in another zone", () => {
    expect(minutes("until 6pm", at("2026-11-20T09:00:00Z", "America/New_York"))).toBe(840);
    expect(minutes("until 6pm", at("2026-11-20T09:00:00Z", "Asia/Tokyo"))).toBe(1440);
    expect(minutes("until 6pm", at("2026-11-20T09:00:00Z", "Asia/Kolkata"))).toBe(210);
    expect(minutes("until 6pm", at("2026-11-20T09:00:00Z", "Asia/Kathmandu"))).toBe(195);
  });

  test("the night that clocks go forward is an hour shorter, the one they go back an hour longer", () => {
    expect(minutes("until tomorrow at 10:00", at("2026-03-28T09:00:00Z"))).toBe(23 * 60);
    expect(minutes("until tomorrow at 10:00", at("2026-10-24T08:00:00Z"))).toBe(25 * 60);
    expect(minutes("until Monday", at("2026-03-27T09:00:00Z"))).toBe((3 * 24 + 8 - 1) * 60);
    expect(minutes("until Monday", at("2026-10-23T08:00:00Z"))).toBe((3 * 24 + 8 + 1) * 60);
  });

  test("after work, today ends at midnight and a weekday is the next one", () => {
    const evening = at("2026-11-20T19:00:00Z");
    expect(minutes("for today", evening)).toBe(240);
    expect(minutes("until Friday", evening)).toBe(7 * 1440 - 120);
    expect(minutes("until 6pm", evening)).toBe(22 * 60);
    expect(minutes("until 6", evening)).toBe(10 * 60);
  });

  test.each([
    "by Friday",
    "I need it by tomorrow",
    "until 1999-01-01",
    "until 5 nodes are up",
    "until the cows come home",
  ])("“%s” says no end", (text) => {
    expect(readDuration(text, friday)).toBeUndefined();
  });
});

test("the span is exactly the words that say it", () => {
  for (const text of ["A Postgres for two hours, please", "x until 6pm y", "vm, 2h 30m!", "gpu overnight ok", "PT2H"]) {
    const reading = readDuration(text, friday);
    expect(reading && text.slice(...reading.span)).toBe(reading?.quote);
  }
  expect(readDuration("A Postgres for two hours, please", friday)?.quote).toBe("two hours");
  expect(readDuration("until 6pm please", friday)?.quote).toBe("until 6pm");
});

test("“always on” asks for no end", () => {
  expect(readEndless("a service, always on")?.quote).toBe("always on");
  expect(readEndless("a service without an end date")?.quote).toBe("without an end");
  expect(readEndless("for an hour")).toBeUndefined();
});

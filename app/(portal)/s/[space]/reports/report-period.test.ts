import { expect, test } from "vitest";
import { reportPeriod } from "./report-period.ts";

const now = new Date("2026-11-20T23:30:00Z");
const read = (query: string, zone = "UTC") => reportPeriod(new URLSearchParams(query), now, zone);

test("the last 7 days end with today, in the reader's zone", () => {
  expect(read("period=7d")).toMatchObject({ fromDay: "2026-11-14", toDay: "2026-11-20" });
  expect(read("period=7d", "Europe/Stockholm")).toMatchObject({ fromDay: "2026-11-15", toDay: "2026-11-21" });
});

test("days of one's own are whole days of the zone", () => {
  const period = read("from=2026-10-25&to=2026-10-25", "Europe/Stockholm");
  expect(period.from.toISOString()).toBe("2026-10-24T22:00:00.000Z");
  expect(period.to.toISOString()).toBe("2026-10-25T23:00:00.000Z");
});

test("an address that makes no sense falls back to 30 days", () => {
  expect(read("from=2026-11-20&to=2026-11-01").name).toBe("30d");
  expect(read("period=forever").name).toBe("30d");
});

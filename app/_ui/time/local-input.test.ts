import { expect, test } from "vitest";
import { fromLocalInput, toLocalInput } from "./local-input.ts";

test.each([
  ["2026-11-20T18:00", "Europe/Stockholm", "2026-11-20T17:00:00.000Z"],
  ["2026-07-20T18:00", "Europe/Stockholm", "2026-07-20T16:00:00.000Z"],
  ["2026-11-20T18:00", "Asia/Kolkata", "2026-11-20T12:30:00.000Z"],
  ["2026-11-20T18:00", "America/St_Johns", "2026-11-20T21:30:00.000Z"],
  ["2026-03-29T03:30", "Europe/Stockholm", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T04:00", "Europe/Stockholm", "2026-10-25T03:00:00.000Z"],
])("%s on a clock in %s is %s", (text, zone, instant) => {
  const at = fromLocalInput(text, zone);
  expect(at?.toISOString()).toBe(instant);
  expect(toLocalInput(at!, zone)).toBe(text);
});

test.each(["", "tomorrow", "2026-13-40T99:99"])("%j is no time", (text) => {
  expect(fromLocalInput(text, "UTC")).toBeNull();
});

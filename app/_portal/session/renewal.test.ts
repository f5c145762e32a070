import { expect, test } from "vitest";
import { keepRenewed, renewEveryMs } from "./renewal.ts";

function openPage(answer: () => Promise<unknown> = () => Promise.resolve()) {
  const page = { at: 0, visible: true, renewed: 0 };
  const look = keepRenewed({
    now: () => page.at,
    isVisible: () => page.visible,
    renew: () => {
      page.renewed += 1;
      return answer();
    },
  });
  const pass = (ms: number) => {
    page.at += ms;
    look();
  };
  return { page, look, pass };
}

test("a page in view renews its session at every tick", () => {
  const { page, pass } = openPage();
  for (let n = 0; n < 5; n++) pass(renewEveryMs);
  expect(page.renewed).toBe(5);
});

test("a page just opened has nothing to renew, and looking at it again and again does not either", () => {
  const { page, look, pass } = openPage();
  look();
  pass(renewEveryMs - 1);
  expect(page.renewed).toBe(0);
  pass(1);
  look();
  look();
  expect(page.renewed).toBe(1);
});

test("a page in the background lets the session run out, and renews it when it comes back into view", () => {
  const { page, look, pass } = openPage();
  page.visible = false;
  for (let n = 0; n < 5; n++) pass(renewEveryMs);
  expect(page.renewed).toBe(0);
  page.visible = true;
  look();
  expect(page.renewed).toBe(1);
});

test("a renewal that does not get through is no failure, and the next one is tried in its time", async () => {
  const { page, pass } = openPage(() => Promise.reject(new Error("offline")));
  pass(renewEveryMs);
  await Promise.resolve();
  pass(renewEveryMs);
  expect(page.renewed).toBe(2);
});

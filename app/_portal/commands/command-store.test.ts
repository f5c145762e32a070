import { expect, test } from "vitest";
import { createCommandStore } from "./command-store.ts";

const command = (id: string) => ({ id, label: id, group: "g", run: () => {} });

test("a page's commands stand beside the shell's and leave with the page", () => {
  const store = createCommandStore();
  store.add("shell", [command("home")]);
  const leave = store.add("page", [command("terminate")]);
  expect(store.read().map(({ id }) => id)).toEqual(["home", "terminate"]);
  leave();
  expect(store.read().map(({ id }) => id)).toEqual(["home"]);
});

test("listeners hear of each change, and read the same list until the next", () => {
  const store = createCommandStore();
  let heard = 0;
  store.subscribe(() => heard++);
  store.add("shell", [command("home")]);
  expect(heard).toBe(1);
  expect(store.read()).toBe(store.read());
});

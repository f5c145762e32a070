import { onTestFinished } from "vitest";
import { type Config, config } from "#server/config.ts";

/** Gives the configuration other values until the test is over, unset ones included. */
export function configure(values: { [Name in keyof Config]?: Config[Name] | undefined }): void {
  const current = config();
  const before = { ...current };
  Object.assign(current, values);
  onTestFinished(() => {
    for (const name of Object.keys(values)) Reflect.deleteProperty(current, name);
    Object.assign(current, before);
  });
}

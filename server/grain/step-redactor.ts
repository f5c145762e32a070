import fs from "node:fs";
import { createRedactor } from "#server/secret/redactor.ts";
import type { GrainStep } from "./driver.ts";
import { peekSecrets } from "./shell/read-outputs.ts";

/**
 * Masks what the step knows to be secret. With `growingFile`, also what a running command has written there since: a
 * password it makes is masked from the moment it is handed over.
 */
export function createStepRedactor(step: Pick<GrainStep, "sensitiveValues" | "hide">, growingFile?: string) {
  let redactor = createRedactor(step.sensitiveValues);
  let seen = "";
  return (text: string): string => {
    const status = growingFile ? fs.statSync(growingFile, { throwIfNoEntry: false }) : undefined;
    const mark = status ? `${status.size}:${status.mtimeMs}` : "";
    if (growingFile && mark !== seen) {
      seen = mark;
      const found = peekSecrets(growingFile);
      step.hide(found);
      redactor = createRedactor([...step.sensitiveValues, ...found]);
    }
    return redactor(text) + redactor.flush();
  };
}

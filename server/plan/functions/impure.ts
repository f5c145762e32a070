import { ANY, STRING } from "#server/plan/value/type.ts";
import { unknown } from "#server/plan/value/value.ts";
import type { FunctionSpec, FunctionTable } from "./function.ts";

/** Functions whose answer differs from one run to the next, or that only the real toolchain can give. */
export const impureFunctions: FunctionTable = {
  timestamp: {
    parameters: [],
    returns: STRING,
    reads: "raw",
    apply: () => unknown(STRING, "timestamp() is the time of the apply"),
  },
  plantimestamp: {
    parameters: [],
    returns: STRING,
    reads: "raw",
    apply: () => unknown(STRING, "plantimestamp() is the time of the real plan"),
  },
  uuid: { parameters: [], returns: STRING, reads: "raw", apply: () => unknown(STRING, "uuid() is random") },
  bcrypt: hidden("bcrypt() is salted at random"),
  base64gzip: hidden("base64gzip() depends on the compressor that runs it"),
  rsadecrypt: hidden("rsadecrypt() is left to the real run, so that no secret is opened here"),
};

function hidden(reason: string): FunctionSpec {
  return { parameters: [ANY], rest: ANY, returns: STRING, reads: "raw", apply: () => unknown(STRING, reason) };
}

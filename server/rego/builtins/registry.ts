import { aggregates } from "./aggregates.ts";
import { arrays } from "./arrays.ts";
import { bits } from "./bits.ts";
import type { Builtin } from "./builtin.ts";
import { BuiltinError } from "./builtin-error.ts";
import { cidrs } from "./cidr.ts";
import { conversions } from "./conversions.ts";
import { cryptos } from "./crypto.ts";
import { encodings } from "./encoding.ts";
import { evaluation } from "./evaluation.ts";
import { formatInt } from "./format-int.ts";
import { globs } from "./glob.ts";
import { graphs } from "./graphs.ts";
import { jsonCodecs } from "./json-codec.ts";
import { jsonPatch } from "./json-patch.ts";
import { jsonPaths } from "./json-paths.ts";
import { jsonSchemas } from "./json-schema.ts";
import { jwts } from "./jwt.ts";
import { numbers } from "./numbers.ts";
import { objects } from "./objects.ts";
import { operators } from "./operators.ts";
import { type RefusedBuiltin, refused } from "./refused.ts";
import { regexes } from "./regex.ts";
import { renderTemplate } from "./render-template.ts";
import { replaces } from "./replace.ts";
import { semver } from "./semver.ts";
import { sets } from "./sets.ts";
import { sprintf } from "./sprintf.ts";
import { strings } from "./strings.ts";
import { times } from "./time.ts";
import { trims } from "./trim.ts";
import { types } from "./types.ts";
import { units } from "./units.ts";
import { uris } from "./uri.ts";
import { urlqueries } from "./urlquery.ts";
import { uuids } from "./uuid.ts";
import { yamls } from "./yaml.ts";

const families: readonly (readonly Builtin[])[] = [
  aggregates,
  arrays,
  bits,
  cidrs,
  conversions,
  cryptos,
  encodings,
  evaluation,
  formatInt,
  globs,
  graphs,
  jsonCodecs,
  jsonPatch,
  jsonPaths,
  jsonSchemas,
  jwts,
  numbers,
  objects,
  operators,
  regexes,
  renderTemplate,
  replaces,
  semver,
  sets,
  sprintf,
  strings,
  times,
  trims,
  types,
  units,
  uris,
  urlqueries,
  uuids,
  yamls,
];

/** Errors carry the built-in's name, as OPA writes them: `div: divide by zero`. */
function withNamedErrors(builtin: Builtin): Builtin {
  const named = (error: unknown) =>
    error instanceof BuiltinError ? new BuiltinError(error.code, `${builtin.name}: ${error.message}`) : error;
  if (builtin.relation) {
    return {
      ...builtin,
      *call(args, ctx) {
        try {
          yield* builtin.call(args, ctx);
        } catch (error) {
          throw named(error);
        }
      },
    };
  }
  return {
    ...builtin,
    call(args, ctx) {
      try {
        return builtin.call(args, ctx);
      } catch (error) {
        throw named(error);
      }
    },
  };
}

function join(): Map<string, Builtin> {
  const joined = new Map<string, Builtin>();
  for (const builtin of families.flat()) {
    if (joined.has(builtin.name)) throw new Error(`two built-ins are named ${builtin.name}`);
    joined.set(builtin.name, withNamedErrors(builtin));
  }
  return joined;
}

/** Every built-in that runs here, by OPA's name. */
export const builtins: ReadonlyMap<string, Builtin> = join();

/** Every built-in of OPA that never runs here, by name. */
export const refusedBuiltins: ReadonlyMap<string, RefusedBuiltin> = new Map(
  refused.filter(({ name }) => !builtins.has(name)).map((builtin) => [builtin.name, builtin]),
);

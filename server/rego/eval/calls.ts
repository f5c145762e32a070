import type { CallTerm } from "#server/rego/ast.ts";
import type { FunctionBuiltin } from "#server/rego/builtins/builtin.ts";
import { builtins } from "#server/rego/builtins/registry.ts";
import { builtinName, functionNode } from "#server/rego/compile/signatures.ts";
import { refText } from "#server/rego/text-of.ts";
import type { Value } from "#server/rego/values/value.ts";
import { applyBuiltin, callBuiltin } from "./builtin-calls.ts";
import { evalFunction } from "./functions.ts";
import { evalError, type Get, type Machine, type Mock } from "./machine.ts";
import { metadataCall } from "./metadata-calls.ts";
import type { Plan } from "./plan.ts";
import { evalComplete } from "./rules.ts";
import { compileTerm } from "./terms.ts";

/** A call with as many operands as the function takes. */
export function compileCall(plan: Plan, call: CallTerm): Get {
  const args = call.args.map((arg) => compileTerm(plan, arg));
  const node = functionNode(plan.program.root, call.operator);
  if (node !== undefined) {
    const definition = plan.program.definitionOf(node);
    const name = refText(call.operator.parts);
    return withMocks(name, { args, call, real: (machine, values) => evalFunction(machine, definition, values) });
  }
  const name = builtinName(call.operator.parts) ?? "";
  const metadata = metadataCall(plan, name);
  if (metadata !== undefined) return metadata;
  const builtin = builtins.get(name);
  if (builtin === undefined || builtin.relation === true) {
    return withMocks(name, { args, call, real: (machine) => refuse(machine, name, call) });
  }
  const direct = callBuiltin(builtin, args, call.loc);
  const mocked = withMocks(name, {
    args,
    call,
    real: (machine, values) => applyBuiltin(builtin, values, { machine, loc: call.loc }),
  });
  return (machine, frame) => (machine.mocks === undefined ? direct(machine, frame) : mocked(machine, frame));
}

/** Known by name only: compiles where tests put something else in its place. */
function refuse(machine: Machine, name: string, call: CallTerm): undefined {
  if (!machine.strict) return undefined;
  throw evalError("eval_builtin_error", call.loc, `${name}: not available in this engine; replace it or grant it`);
}

interface Mockable {
  args: readonly Get[];
  call: CallTerm;
  real: (machine: Machine, values: Value[]) => Value | undefined;
}

function withMocks(name: string, { args, call, real }: Mockable): Get {
  return (machine, frame) => {
    const values: Value[] = [];
    for (const arg of args) {
      const value = arg(machine, frame);
      if (value === undefined) return undefined;
      values.push(value);
    }
    const mock = machine.mocks?.get(name);
    if (mock === undefined) return real(machine, values);
    return callMock(mock, values, { machine, loc: call.loc });
  };
}

type Place = { machine: Machine; loc: CallTerm["loc"] };

/** Inside a replacement no replacement is in force, so that it may call what it stands for. */
function callMock(mock: Mock, values: Value[], { machine, loc }: Place): Value | undefined {
  if ("value" in mock) return mock.value;
  const { mocks, cache } = machine;
  machine.mocks = undefined;
  machine.cache = cache.unmocked;
  const answer =
    "builtin" in mock
      ? applyBuiltin(builtins.get(mock.builtin) as FunctionBuiltin, values, { machine, loc })
      : mock.definition.kind === "function"
        ? evalFunction(machine, mock.definition, values)
        : evalComplete(machine, mock.definition);
  machine.mocks = mocks;
  machine.cache = cache;
  return answer;
}

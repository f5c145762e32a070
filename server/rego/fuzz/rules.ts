import { freshName, groundTerm, type Scope, scalar, term, withVariables } from "./terms.ts";

function modifiers(scope: Scope): string {
  const { random, rules } = scope;
  if (!random.chance(0.08)) return "";
  const targets = ["input", "input.a", "data.base", "count", ...rules];
  return ` with ${random.pick(targets)} as ${groundTerm(scope, 1)}`;
}

/** One expression of a body, and the scope behind it. */
function literal(scope: Scope, depth: number): { text: string; scope: Scope } {
  const { random } = scope;
  const name = freshName();
  const other = freshName();
  const value = () => term(scope, depth);
  const same = (text: string) => ({ text: text + modifiers(scope), scope });
  switch (random.below(13)) {
    case 0:
    case 1:
    case 2:
      return { text: `${name} := ${value()}${modifiers(scope)}`, scope: withVariables(scope, name) };
    case 3:
    case 4:
      return { text: `some ${name} in ${value()}`, scope: withVariables(scope, name) };
    case 5:
      return { text: `some ${name}, ${other} in ${value()}`, scope: withVariables(scope, name, other) };
    case 6:
      return {
        text: `[${name}, ${other}] = [${value()}, ${random.chance(0.2) ? name : value()}]`,
        scope: withVariables(scope, name, other),
      };
    case 7:
      return { text: `walk(${value()}, [${name}, ${other}])`, scope: withVariables(scope, name, other) };
    case 8:
      return same(`not ${groundTerm(scope, depth)}`);
    case 9:
      return same(`${value()} ${random.pick(["==", "!=", "<", ">="])} ${value()}`);
    case 10: {
      const inner = withVariables(scope, name);
      return same(`every ${name} in ${value()} { ${body(inner, depth - 1).text}; ${name} != null }`);
    }
    case 11:
      return same(`print(${value()}, ${value()})`);
    default:
      return same(value());
  }
}

function uses(texts: readonly string[], name: string): number {
  return texts.join(" ").split(new RegExp(`\\b${name}\\b`)).length - 1;
}

export function body(scope: Scope, depth: number): { text: string; scope: Scope } {
  let inner = scope;
  const texts = scope.random.several(1, 3, () => {
    const next = literal(inner, depth);
    inner = next.scope;
    return next.text;
  });
  const unused = inner.variables.filter((name) => !scope.variables.includes(name) && uses(texts, name) < 2);
  if (unused.length > 0) texts.push(`[${unused.join(", ")}] != null`);
  return { text: texts.join(scope.random.chance(0.5) ? "; " : "\n\t"), scope: inner };
}

function braces(scope: Scope, depth: number): { text: string; scope: Scope } {
  const inner = body(scope, depth);
  const word = scope.isV1 ? "if " : "";
  return { text: ` ${word}{\n\t${inner.text}\n}`, scope: inner.scope };
}

function elseChain(scope: Scope, depth: number): string {
  const { random } = scope;
  if (!random.chance(0.25)) return "";
  return ` else := ${term(scope, 1)}${braces(scope, depth).text}`;
}

function complete(scope: Scope, name: string, depth: number): string {
  if (scope.random.chance(0.15)) return `${name} := ${groundTerm(scope, depth)}`;
  const when = braces(scope, depth);
  return `${name} := ${term(when.scope, 1)}${when.text}${elseChain(scope, depth)}`;
}

function withDefault(scope: Scope, name: string, depth: number): string {
  return `default ${name} := ${scalar(scope)}\n\n${complete(scope, name, depth)}`;
}

function partialObject(scope: Scope, name: string, depth: number): string {
  const when = braces(scope, depth);
  return `${name}[${groundTerm(when.scope, 1)}] := ${term(when.scope, 1)}${when.text}`;
}

function partialSet(scope: Scope, name: string, depth: number): string {
  const when = braces(scope, depth);
  const head = groundTerm(when.scope, 1);
  return scope.isV1 ? `${name} contains ${head}${when.text}` : `${name}[${head}]${when.text}`;
}

/** A rule whose head is a path: `p.x["k"] := …`. */
function generalHead(scope: Scope, name: string, depth: number): string {
  const when = braces(scope, depth);
  const key = scope.random.chance(0.5) ? groundTerm(when.scope, 0) : '"k"';
  return `${name}.${scope.random.pick(["x", "y"])}[${key}] := ${term(when.scope, 1)}${when.text}`;
}

function bodiesOnly(scope: Scope, name: string, depth: number): string {
  return `${name}${braces(scope, depth).text}`;
}

type MakeRule = (scope: Scope, name: string, depth: number) => string;

const kinds: readonly MakeRule[] = [
  complete,
  complete,
  withDefault,
  partialObject,
  partialSet,
  generalHead,
  bodiesOnly,
];

/** One or more rules of one name and, mostly, of one kind. */
export function rules(scope: Scope, name: string): string[] {
  const { random } = scope;
  const make = random.pick(kinds);
  const depth = 1 + random.below(2);
  const made = random.several(1, make === withDefault ? 1 : 2, () => make(scope, name, depth));
  return random.chance(0.01) ? [...made, random.pick(kinds)(scope, name, depth)] : made;
}

export function functionRule(scope: Scope, name: string, arity: number): string {
  const { random } = scope;
  const parameters = Array.from({ length: arity }, () =>
    random.chance(0.15) ? `[${freshName()}, _]` : random.chance(0.1) ? scalar(scope) : freshName(),
  );
  const bound = parameters.flatMap((parameter) => parameter.match(/v\d+/g) ?? []);
  const inner = withVariables(scope, ...bound);
  const when = braces(inner, 1);
  return `${name}(${parameters.join(", ")}) := ${term(when.scope, 1)}${when.text}`;
}

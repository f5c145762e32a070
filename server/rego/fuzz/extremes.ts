import type { Random } from "./random.ts";

/** Shapes that exhaust stacks, memory or time where nothing stops them; `n` is their size. */
const shapes: readonly ((n: number) => string)[] = [
  (n) => `p := ${"[".repeat(n)}1${"]".repeat(n)}`,
  (n) => `p := ${"(".repeat(n)}1${")".repeat(n)}`,
  (n) => `p := ${'{"a": '.repeat(n)}1${"}".repeat(n)}`,
  (n) => `p := ${"[x | x := ".repeat(n)}1${"]".repeat(n)}`,
  (n) => `p if { ${"every x in [1] { ".repeat(n)}x == 1${" }".repeat(n)} }`,
  (n) => `p := 1${" + 1".repeat(n)}`,
  (n) => `p := input${".a".repeat(n)}`,
  (n) => `p := input${'["a"'.repeat(n)}${"]".repeat(n)}`,
  (n) => `p := count(${"sort(".repeat(n)}[1]${")".repeat(n)})`,
  (n) => `p := 1 if { input.a == 0 }${" else := 2 if { input.b == 1 }".repeat(n)}`,
  (n) => `p if { ${"not ".repeat(n)}input }`,
  (n) => `p if { true }\n${"p if { input.a == 1 }\n".repeat(n)}`,
  (n) =>
    Array.from({ length: n }, (_, i) => `p${i} := p${i + 1}`)
      .join("\n")
      .concat(`\np${n} := 1`),
  (n) =>
    Array.from({ length: n }, (_, i) => `p${i} := [p${i + 1}, p${i + 1}]`)
      .join("\n")
      .concat(`\np${n} := ["x"]`),
  (n) =>
    Array.from({ length: n }, (_, i) => `p${i} := concat(p${i + 1}, [p${i + 1}, p${i + 1}])`)
      .join("\n")
      .concat(`\np${n} := "x"`),
  (n) =>
    Array.from({ length: n }, (_, i) => `p${i} := p${i + 1} * p${i + 1}`)
      .join("\n")
      .concat(`\np${n} := 12345.5`),
  (n) => `p := "${"a".repeat(n)}"`,
  (n) => `p := ${"9".repeat(n)}`,
  (n) => `p := 1e${n}`,
  (n) => `p := {${Array.from({ length: n }, (_, i) => i).join(", ")}}`,
  (n) => `p if { ${Array.from({ length: n }, (_, i) => `x${i} := input[_]`).join("; ")} }`,
  (n) => `p := [x | some x in numbers.range(1, ${n}); some y in numbers.range(1, ${n}); x == y]`,
  (n) => `p := sprintf("%${n}d", [1])`,
  (n) => `p := regex.match("(a{1,${n}}){1,${n}}$", "${"a".repeat(200)}b")`,
  (n) => `p := json.unmarshal("${"[".repeat(n)}")`,
  (n) => `p := yaml.unmarshal("${"[".repeat(n)}")`,
  (n) => `p := glob.match("${"*a".repeat(n)}", [], "${"a".repeat(n)}")`,
  (n) => `p := net.cidr_expand("10.0.0.0/${n % 33}")`,
  (n) => `p := bits.lsh(1, ${n}00)`,
  (n) => `f(x) := f(x - 1) if { x > 0 }\np := f(${n})`,
];

const sizes = [1, 10, 40, 100, 1_000, 5_000, 50_000];

export function extremeModule(random: Random): string {
  return `package fuzz\n\n${random.pick(shapes)(random.pick(sizes))}\n`;
}

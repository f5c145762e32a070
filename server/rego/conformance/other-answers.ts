/** Cases of other engines where OPA's answer is another, and why: there we hold with OPA. */
export const otherAnswers: Readonly<Record<string, string>> = {
  "opa-compile/recursion#013": "OPA reports the unused variable of `every` first, and a stage with errors is the last",
  "rego-cpp/builtins#011": "Go's regexp finds an empty match at every code point, the end included: five in café",
  "rego-cpp/regocpp#005": "OPA has no unary minus on terms: `-c` is a parse error",
  "regorus/builtins-comparison-tests#005": "OPA orders objects before sets",
  "regorus/builtins-debugging-print#001": "OPA prints the empty set as set()",
  "regorus/builtins-semver-is_valid#001": "semver.is_valid takes any value and is false for what is no string",
  "regorus/builtins-strings-indexof#001":
    "an empty search string is an error of the built-in, which strict errors raise",
  "regorus/builtins-strings-lower#002": "Go maps Σ to σ wherever it stands",
  "regorus/builtins-strings-sprintf#002": "Go prints %f with six digits and %O with the prefix 0o",
  "regorus/builtins-time-format#002": "Go's RFC3339Nano drops trailing zeros",
  "regorus/builtins-units-parse_bytes#001": "units beyond exa are unknown to OPA",
  "regorus/builtins-uuid-parse#003": "OPA gives a time for versions 1 and 2 only",
  "regorus/data-tests#002": "a rule speaks before base data where its path is asked for",
  "regorus/import-tests#006": "an import hides a rule of the same name",
  "regorus/import-tests#032": "OPA evaluates every body of a function, and the inner conflict stops the query",
  "regorus/more-destructuring#007": "an object pattern must have the same keys",
  "regorus/more-imports#004": "an import hides a rule of the same name",
  "regorus/more-loops_and_quantifiers#015": "OPA refuses the unused key of `every`",
  "regorus/more-partial_object_rules#009": "OPA refuses else on rules with variables in the head",
};

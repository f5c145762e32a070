import type { ListedRule } from "#server/policy/list-rules.ts";

export type RuleQuestion = { text: string; severity: string; policy: string };

export function ruleQuestion(value: (name: string) => string): RuleQuestion {
  return { text: value("q").trim(), severity: value("severity"), policy: value("policy") };
}

/** Rules in which every word of the question occurs somewhere. */
export function filterRules<Rule extends ListedRule>(rules: readonly Rule[], question: RuleQuestion): Rule[] {
  const words = question.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter((rule) => {
    if (question.severity && rule.severity !== question.severity) return false;
    if (question.policy && rule.policy !== question.policy) return false;
    const written = [rule.id, rule.reason, rule.remedy, rule.policyTitle, ...rule.types].join(" ").toLowerCase();
    return words.every((word) => written.includes(word));
  });
}

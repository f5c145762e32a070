import type { InputDefinition } from "./blueprint.ts";
import { limits } from "./limits.ts";
import { compilePattern, matchesPattern } from "./pattern.ts";
import { parseDuration } from "./read/duration.ts";
import { choices } from "./report.ts";

/** `message` continues a sentence that begins with the value's name: "is not a number.". */
export type ValueProblem = { code: string; message: string; remedy: string };

/** What is wrong with one value for an input, if anything. A sensitive value is never repeated in the message. */
export function findValueProblem(input: InputDefinition, value: string): ValueProblem | null {
  const given = input.sensitive ? "the value" : `\`${value.slice(0, 80)}\``;
  if (value.length > limits.valueLength)
    return {
      code: "BP_VALUE",
      message: `is longer than ${limits.valueLength} characters.`,
      remedy: "Shorten it.",
    };
  return (
    findTypeProblem(input, value, given) ??
    findChoiceProblem(input, value, given) ??
    findPatternProblem(input, value, given)
  );
}

function findTypeProblem(input: InputDefinition, value: string, given: string): ValueProblem | null {
  if (input.style === "multi-select" && value !== "" && !readList(value))
    return {
      code: "BP_DEFAULT_TYPE",
      message: `must be a JSON array of texts; it is ${given}.`,
      remedy: 'Write it as `["A", "B"]`.',
    };
  if (input.style === "duration" && !parseDuration(value))
    return {
      code: "BP_DURATION",
      message: `must be a duration above zero; it is ${given}.`,
      remedy: "Write it as `4h`, `2d` or ISO 8601, e.g. `P1DT4H`.",
    };
  if (input.type === "bool" && value !== "true" && value !== "false")
    return { code: "BP_VALUE", message: `must be true or false; it is ${given}.`, remedy: "Choose true or false." };
  return input.type === "number" ? findNumberProblem(input, value, given) : null;
}

function findNumberProblem(input: InputDefinition, value: string, given: string): ValueProblem | null {
  const unit = input.unit ? ` ${input.unit}` : "";
  const number = /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  const least = input.min ?? Number.NEGATIVE_INFINITY;
  const most = input.max ?? Number.POSITIVE_INFINITY;
  const range =
    input.min !== undefined && input.max !== undefined
      ? `between ${input.min} and ${input.max}${unit}`
      : input.min !== undefined
        ? `at least ${input.min}${unit}`
        : input.max !== undefined
          ? `at most ${input.max}${unit}`
          : "in digits";
  if (number >= least && number <= most) return null;
  return { code: "BP_VALUE", message: `must be a number; it is ${given}.`, remedy: `Give a number ${range}.` };
}

function findChoiceProblem(input: InputDefinition, value: string, given: string): ValueProblem | null {
  if (input.allowedValues.length === 0 || input.type === "agent" || input.type === "credentials") return null;
  const allowed = input.allowedValues.map((choice) => choice.value);
  const chosen = input.style === "multi-select" ? (readList(value) ?? []) : [value];
  if (chosen.every((one) => allowed.includes(one))) return null;
  return {
    code: "BP_DEFAULT_NOT_ALLOWED",
    message: `is not one of the allowed values; it is ${given}.`,
    remedy: `Choose one of: ${choices(allowed)}.`,
  };
}

function findPatternProblem(input: InputDefinition, value: string, given: string): ValueProblem | null {
  if (input.pattern === undefined) return null;
  try {
    compilePattern(input.pattern);
  } catch {
    return {
      code: "BP_PATTERN_INVALID",
      message: "cannot be checked: the blueprint's pattern is not usable.",
      remedy: "Ask the blueprint's owner.",
    };
  }
  if (matchesPattern(input.pattern, value)) return null;
  return {
    code: "BP_DEFAULT_NOT_ALLOWED",
    message: `does not match the pattern; it is ${given}.`,
    remedy: input.validationDescription ?? `It must match \`${input.pattern}\`.`,
  };
}

/** Texts of a JSON array, or null when the value is none. */
function readList(value: string): string[] | null {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) && parsed.every((item) => typeof item === "string") ? parsed : null;
  } catch {
    return null;
  }
}

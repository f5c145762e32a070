import { evaluate } from "#server/plan/eval/evaluate.ts";
import { locate, PlanError, type Position } from "#server/plan/plan-error.ts";
import { tryConvert } from "#server/plan/value/convert.ts";
import { ANY, BOOL, STRING } from "#server/plan/value/type.ts";
import { isUnknown, textOf, type Value, withSensitivity } from "#server/plan/value/value.ts";
import { Cell } from "./cell.ts";
import type { ModuleInstance } from "./module-instance.ts";
import type { NamedBlock } from "./module-source.ts";
import { convertToConstraint, readTypeConstraint, type TypeConstraint } from "./type-constraint.ts";

/** A value given to a variable, and where it was given. */
export type VariableInput = { value: Value; at: Position | undefined };

/** A variable of one module instance: converted, defaulted and checked when first used. */
export class Variable {
  readonly block: NamedBlock;
  private readonly module: ModuleInstance;
  private readonly input: () => VariableInput | undefined;
  private readonly constraint: Cell<TypeConstraint>;
  private readonly converted: Cell<Value>;
  private isChecked = false;

  constructor(module: ModuleInstance, block: NamedBlock, input: () => VariableInput | undefined) {
    this.module = module;
    this.block = block;
    this.input = input;
    this.constraint = new Cell(`type of var.${block.name}`, () => this.readConstraint());
    this.converted = new Cell(`var.${block.name}`, () => this.convert());
  }

  value(at?: Position): Value {
    const value = this.converted.get(at);
    if (!this.isChecked) {
      this.isChecked = true;
      this.checkValidations(value);
    }
    return value;
  }

  get type(): TypeConstraint["type"] {
    return this.constraint.get().type;
  }

  private readConstraint(): TypeConstraint {
    const expression = this.block.body.attributes.get("type")?.expression;
    if (!expression) return { type: ANY, defaults: undefined };
    return readTypeConstraint(expression, (part) => evaluate(part, this.module.scope));
  }

  private convert(): Value {
    const isNullable = this.module.flag(this.block, "nullable", true);
    const isSensitive = this.module.flag(this.block, "sensitive");
    const given = this.input();
    const useDefault = !given || (given.value.content === null && !isNullable);
    const value = useDefault ? this.defaultValue(given) : this.convertOne(given.value, given.at ?? this.block.at);
    if (value.content === null && !isNullable)
      throw new PlanError(`The variable "${this.block.name}" must not be null.`, given?.at ?? this.block.at);
    return withSensitivity(value, isSensitive);
  }

  /** The default as the variable's type makes it, or undefined where there is none. */
  convertedDefault(): Value | undefined {
    const fallback = this.block.body.attributes.get("default");
    return fallback && this.convertOne(evaluate(fallback.expression, this.module.scope), fallback.expression.at);
  }

  private defaultValue(given: VariableInput | undefined): Value {
    const fallback = this.convertedDefault();
    if (fallback) return fallback;
    const where = this.module.address === "" ? "Give it a value." : `Set it in the call of ${this.module.address}.`;
    throw new PlanError(
      `The variable "${this.block.name}" has no value and no default.`,
      given?.at ?? this.block.at,
      where,
    );
  }

  private convertOne(value: Value, at: Position): Value {
    try {
      return convertToConstraint(value, this.constraint.get());
    } catch (error) {
      throw locate(error, at, `The value of variable "${this.block.name}" does not fit its type`);
    }
  }

  private checkValidations(value: Value): void {
    for (const block of this.block.body.blocks) {
      if (block.type !== "validation" || isUnknown(value)) continue;
      const condition = block.body.attributes.get("condition");
      if (!condition) throw new PlanError("A validation needs a condition.", block.at);
      const outcome = tryConvert(evaluate(condition.expression, this.module.scope), BOOL);
      if (outcome?.content !== false) continue;
      const at = this.input()?.at ?? this.block.at;
      throw new PlanError(
        `The value of variable "${this.block.name}" is not valid: ${this.message(block.body.attributes.get("error_message")?.expression)}`,
        at,
      );
    }
  }

  private message(expression: Parameters<typeof evaluate>[0] | undefined): string {
    const value = expression && tryConvert(evaluate(expression, this.module.scope), STRING);
    return value && typeof value.content === "string" && !value.sensitive ? textOf(value) : "its condition is not met.";
  }
}

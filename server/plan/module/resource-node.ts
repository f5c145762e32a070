import { evaluate } from "#server/plan/eval/evaluate.ts";
import type { Scope } from "#server/plan/eval/scope.ts";
import type { Block } from "#server/plan/hcl/syntax.ts";
import { PlanError, type Position } from "#server/plan/plan-error.ts";
import { type BlockSchema, findSchema } from "#server/plan/schema/schema.ts";
import { tryConvert } from "#server/plan/value/convert.ts";
import { ANY, BOOL, STRING } from "#server/plan/value/type.ts";
import { entriesOf, object, openObject, tuple, unknown, type Value } from "#server/plan/value/value.ts";
import { Cell } from "./cell.ts";
import { decodeBody } from "./decode-body.ts";
import { type ExpandedInstance, type Expansion, expand, type InstanceKey, keySuffix } from "./expansion.ts";
import { jsonToValue } from "./json-value.ts";
import { localDataAttributes } from "./local-data.ts";
import { referenceKey } from "./module-call.ts";
import type { ModuleInstance, ResolvedProvider } from "./module-instance.ts";
import { literalText, type ResourceBlock } from "./module-source.ts";
import { providerArguments } from "./provider-arguments.ts";
import { resolveProvider } from "./provider-view.ts";

const metaArguments = new Set([
  "count",
  "for_each",
  "provider",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
]);

/** One instance of a resource or data source as the configuration sets it. */
export type ResourceInstance = { address: string; key: InstanceKey; config: Value };

/** A `resource` or `data` block in one module instance. */
export class ResourceNode {
  readonly block: ResourceBlock;
  readonly module: ModuleInstance;
  readonly address: string;
  readonly schema: BlockSchema | undefined;
  readonly expansion: Cell<Expansion>;
  private readonly decoded: Cell<ResourceInstance[]>;
  private readonly whole: Cell<Value>;

  constructor(module: ModuleInstance, block: ResourceBlock) {
    this.module = module;
    this.block = block;
    const local = `${block.type}.${block.name}`;
    this.address = module.prefix(block.mode === "data" ? `data.${local}` : local);
    this.schema = findSchema(block.mode, block.type);
    this.expansion = new Cell(this.address, () => expand(block.body, module.scope));
    this.whole = new Cell(this.address, () => this.assemble());
    this.decoded = new Cell(this.address, () =>
      this.expansion.get().instances.map((instance) => this.decode(instance)),
    );
  }

  instances(): readonly ResourceInstance[] {
    return this.decoded.get();
  }

  get provider(): ResolvedProvider {
    return resolveProvider(this.module, this.localProviderKey);
  }

  /** `aws` or `aws.west`, as the module itself calls it. */
  get localProviderKey(): string {
    const expression = this.block.body.attributes.get("provider")?.expression;
    if (expression) return literalText(expression) ?? referenceKey(expression);
    return this.block.type.split("_")[0]!;
  }

  value(at?: Position): Value {
    return this.whole.get(at);
  }

  private assemble(): Value {
    const { kind, hidden } = this.expansion.get();
    if (hidden !== undefined) return unknown(ANY, `the number of instances of ${this.address} is not known: ${hidden}`);
    const instances = this.decoded.get().map((instance) => [instance.key, this.visible(instance)] as const);
    if (kind === "single") return instances[0]![1];
    if (kind === "count") return tuple(instances.map(([, value]) => value));
    return object(instances.map(([key, value]) => [String(key), value] as const));
  }

  private reason(address: string): string {
    return this.block.mode === "data"
      ? `${address}.{attribute} is read from the provider`
      : `${address}.{attribute} is known after apply`;
  }

  /** What other expressions see: the configured arguments, and unknowns for everything the provider decides. */
  private visible(instance: ResourceInstance): Value {
    const reason = this.reason(instance.address);
    const entries = new Map(entriesOf(instance.config));
    for (const [name, attribute] of this.schema?.attributes ?? [])
      if (!entries.has(name)) entries.set(name, unknown(attribute.type, reason.replace("{attribute}", name)));
    if (this.block.mode === "data")
      for (const [name, value] of [...this.localAttributes(instance), ...this.readAttributes(instance)])
        entries.set(name, value);
    return { ...openObject(entries, reason), sensitive: instance.config.sensitive };
  }

  private localAttributes(instance: ResourceInstance): [string, Value][] {
    const provider = providerArguments(this.provider, this.module.settings);
    return localDataAttributes(this.block.type, instance.config, provider.values);
  }

  private readAttributes({ address }: ResourceInstance): [string, Value][] {
    const read = Object.entries(this.module.settings.readData.get(address) ?? {});
    return read.filter(([, value]) => value !== null).map(([name, value]) => [name, jsonToValue(value)]);
  }

  private decode(instance: ExpandedInstance): ResourceInstance {
    const scope = this.module.scope.child(instance.names);
    const address = this.address + keySuffix(instance.key);
    const reason = this.reason(address);
    const config = decodeBody({ body: this.block.body, schema: this.schema, scope, reason, skip: metaArguments });
    this.checkConditions(scope);
    return { address, key: instance.key, config: this.withProviderTags(config, reason) };
  }

  /** The AWS provider shows the union of its default tags and the resource's own as `tags_all`. */
  private withProviderTags(config: Value, reason: string): Value {
    if (this.block.mode !== "managed" || !this.schema?.attributes.get("tags_all")?.isComputed) return config;
    const entries = new Map(entriesOf(config));
    const merged = providerArguments(this.provider, this.module.settings).mergeTags(entries.get("tags"));
    if (!merged || entries.has("tags_all")) return config;
    return openObject([...entries, ["tags_all", merged]], reason);
  }

  private checkConditions(scope: Scope): void {
    for (const lifecycle of this.block.body.blocks.filter((block) => block.type === "lifecycle"))
      for (const block of lifecycle.body.blocks) if (block.type === "precondition") this.checkCondition(block, scope);
  }

  private checkCondition(block: Block, scope: Scope): void {
    const condition = block.body.attributes.get("condition");
    if (!condition || tryConvert(evaluate(condition.expression, scope), BOOL)?.content !== false) return;
    const message = block.body.attributes.get("error_message");
    const text = message && tryConvert(evaluate(message.expression, scope), STRING);
    const said =
      text && typeof text.content === "string" && !text.sensitive ? text.content : "its condition is not met.";
    throw new PlanError(`A precondition of ${this.address} fails: ${said}`, condition.expression.at);
  }
}

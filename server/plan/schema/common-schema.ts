import { mapOf, STRING, type Type } from "#server/plan/value/type.ts";
import type { AttributeSchema, BlockSchema } from "./schema.ts";

const texts: Type = mapOf(STRING);
const argument = (type: Type): AttributeSchema => ({ type, isComputed: false, isSensitive: false });
const secret: AttributeSchema = { type: STRING, isComputed: false, isSensitive: true };
const computed: AttributeSchema = { type: STRING, isComputed: true, isSensitive: false };

/** Arguments that mean the same in all resources of a provider whose full schema is not at hand. */
const common: Readonly<Record<string, Readonly<Record<string, AttributeSchema>>>> = {
  azurerm: {
    id: computed,
    tags: argument(texts),
    admin_password: secret,
    administrator_password: secret,
    administrator_login_password: secret,
  },
  google: { id: computed, labels: argument(texts), resource_labels: argument(texts), user_labels: argument(texts) },
  "google-beta": { id: computed, labels: argument(texts), resource_labels: argument(texts) },
  random: { id: computed },
  null: { id: computed, triggers: argument(texts) },
};

export function commonSchema(type: string): BlockSchema | undefined {
  const provider = type.split("_")[0]!;
  const attributes = Object.hasOwn(common, provider) ? common[provider] : undefined;
  if (!attributes) return undefined;
  return { attributes: new Map(Object.entries(attributes)), blocks: new Map(), defaults: new Map(), isComplete: false };
}

import { Notice } from "#app/_ui/state/notice.tsx";

/** Values that nobody said and nobody confirmed. A name alone costs nothing and is only mentioned. */
export function AssumedNotice({ fields }: { fields: readonly string[] }) {
  const names = fields.map((field) => field.replace(/^inputs\./, "")).join(", ");
  const one = fields.length === 1;
  return (
    <Notice
      tone={fields.every((field) => field === "name") ? "idle" : "warning"}
      title={`${fields.length} assumed ${one ? "value" : "values"}: ${names}`}
    >
      {one ? "Nobody said it. Keep or change it in the form." : "Nobody said them. Keep or change them in the form."}
    </Notice>
  );
}

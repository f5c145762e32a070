import type { Builtin } from "./builtin.ts";
import { TemplateRunner } from "./go-template.ts";
import { parseTemplate } from "./go-template-parser.ts";
import { objectOperand, stringOperand } from "./operands.ts";
import { any, objectOf, string } from "./type-spec.ts";

export const renderTemplate: readonly Builtin[] = [
  {
    name: "strings.render_template",
    params: [string, objectOf(string, any)],
    result: string,
    call: (args, ctx) => {
      const source = stringOperand(args, 0);
      const data = objectOperand(args, 1);
      ctx.charge(source.length);
      return new TemplateRunner(parseTemplate(source), ctx).run(data);
    },
  },
];

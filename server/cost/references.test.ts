import { describe, expect, test } from "vitest";

import { estimatePlan } from "./estimate.ts";
import type { PlanDocument } from "./plan-document.ts";
import { plannedResources } from "./planned-resource.ts";
import { referenceGraph, referencesIn } from "./references.ts";

/** Two instances of a module that each have a template, and a group outside that takes the second one's. */
const plan: PlanDocument = {
  planned_values: {
    root_module: {
      resources: [{ address: "aws_autoscaling_group.web", type: "aws_autoscaling_group", name: "web", values: {} }],
      child_modules: ["a", "b"].map((key) => ({
        address: `module.lt["${key}"]`,
        resources: [
          { address: `module.lt["${key}"].aws_launch_template.t`, type: "aws_launch_template", name: "t", values: {} },
        ],
      })),
    },
  },
  configuration: {
    root_module: {
      resources: [
        {
          type: "aws_autoscaling_group",
          name: "web",
          mode: "managed",
          expressions: { launch_template: [{ id: { references: ['module.lt["b"].id', 'module.lt["b"]'] } }] },
        },
      ],
      module_calls: {
        lt: {
          module: {
            outputs: { id: { expression: { references: ["aws_launch_template.t.id", "aws_launch_template.t"] } } },
            resources: [{ type: "aws_launch_template", name: "t", mode: "managed", expressions: {} }],
          },
        },
      },
    },
  },
};

test("an output of one instance of a module leads to that instance's resource", () => {
  const resources = plannedResources(plan);
  const graph = referenceGraph(resources, plan);
  const [group] = resources;
  const targets = graph.targets(group!, group!.config?.expressions);
  expect(targets.map((target) => target.address)).toEqual(['module.lt["b"].aws_launch_template.t']);
  expect(graph.sources(targets[0]!, "aws_autoscaling_group")).toEqual([group]);
});

test("a reference to one instance is to no other, though the plan names the resource behind it", () => {
  const of = (...references: string[]) => referencesIn({ subnet_ids: { references } });
  expect(of("aws_subnet.a[0].id", "aws_subnet.a[0]", "aws_subnet.a")).toEqual([
    "aws_subnet.a[0].id",
    "aws_subnet.a[0]",
  ]);
  expect(of('aws_subnet.a["x]"].id', 'aws_subnet.a["x]"]', "aws_subnet.a")).not.toContain("aws_subnet.a");
  expect(of("aws_subnet.a")).toEqual(["aws_subnet.a"]);
  expect(of("aws_subnet.a[0].id", "aws_subnet.a[0]", "aws_subnet.a", "aws_subnet.a")).toContain("aws_subnet.a");
});

describe("a hostile plan", () => {
  test("whose references lead in a circle ends", () => {
    const circle: PlanDocument = {
      ...plan,
      configuration: {
        root_module: {
          resources: plan.configuration!.root_module!.resources!,
          module_calls: {
            lt: {
              expressions: { x: { references: ["module.lt.id"] } },
              module: { outputs: { id: { expression: { references: ["var.x", "module.lt.id"] } } } },
            },
          },
        },
      },
    };
    expect(estimatePlan(circle).coverage.detected).toBe(3);
  });

  test("whose references fan out at every step is still answered at once", () => {
    const wide = Array.from({ length: 60 }, (_, index) => `var.v${index}`);
    const expressions = Object.fromEntries(wide.map((name) => [name.slice(4), { references: wide }]));
    const deep = Array.from({ length: 12 }, (_, index) => `module.m${index}`).join(".");
    let module: Record<string, unknown> = {
      resources: [
        { type: "aws_instance", name: "x", mode: "managed", expressions: { instance_type: { references: wide } } },
      ],
    };
    for (let level = 11; level >= 0; level -= 1) module = { module_calls: { [`m${level}`]: { expressions, module } } };
    const started = performance.now();
    const estimate = estimatePlan({
      planned_values: {
        root_module: {
          child_modules: [
            {
              address: deep,
              resources: [{ address: `${deep}.aws_instance.x`, type: "aws_instance", name: "x", values: {} }],
            },
          ],
        },
      },
      resource_changes: [{ address: `${deep}.aws_instance.x`, change: { after_unknown: { instance_type: true } } }],
      configuration: { root_module: module },
    });
    expect(estimate.resources[0]?.state).toBe("unknown");
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("that nests without end is cut off", () => {
    let nested: unknown = { references: ["aws_instance.x"] };
    for (let depth = 0; depth < 50_000; depth += 1) nested = [nested];
    expect(referencesIn(nested)).toEqual([]);
  });
});

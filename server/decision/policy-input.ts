import type { Actor } from "#server/actor.ts";
import { shownHourly, shownMonthly } from "#server/cost/shown-monthly.ts";
import type { PlanNotes } from "#server/plan/plan.ts";
import { unconfirmedAssumptions } from "./evidence.ts";
import type { QuotaFacts } from "./quota-facts.ts";
import type { PreparedRequest } from "./request.ts";

/** What other people do meanwhile, and where the request is made: read while the space is locked. */
export type Surroundings = {
  space: { slug: string; name: string; timeZone: string; monthlyBudget: number | null; tags: Record<string, string> };
  quota: QuotaFacts;
  /** Spent this month and still to be spent by what runs, in USD. */
  committedThisMonth: number;
  /** First instant of the next month where the space is. */
  monthEnds: Date;
  averageHourlyCost: number | null;
  now: Date;
};

export type ActionAsked =
  | { type: "Launch" }
  | { type: "Extend"; environmentId: string; extendMinutes: number; totalMinutes: number | null };

/** A value below zero or not finite has no place in a policy's input. */
const figure = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);

function initiator(actor: Actor) {
  if (actor.kind === "automation") {
    const behalf = actor.onBehalfOf;
    return { kind: actor.kind, id: actor.id, email: actor.email, on_behalf_of: behalf ? behalf.email : null };
  }
  return { kind: actor.kind, id: actor.id, email: actor.kind === "person" ? actor.email : null, on_behalf_of: null };
}

function blueprintOf(prepared: PreparedRequest) {
  const { revision } = prepared.request;
  const { blueprint } = revision;
  return {
    name: blueprint.name,
    repository: "gantry",
    url: `blueprints/${blueprint.name}/blueprint.yaml`,
    labels: blueprint.labels.map((label) => (label.value === null ? label.key : `${label.key}:${label.value}`)),
    last_modified: revision.createdAt.toISOString(),
    grains: blueprint.grains.map(({ kind, name }) => ({ kind, name })),
  };
}

/** Sensitive inputs are named, never shown. `value` and `value_v2` both: published policies read either. */
function inputsOf(prepared: PreparedRequest) {
  return prepared.request.revision.blueprint.inputs.map((definition) => {
    const value = definition.sensitive ? null : (prepared.values[definition.name] ?? null);
    const { name, type, sensitive, description } = definition;
    return { name, type, sensitive, description, value, value_v2: { value } };
  });
}

/** What only Gantry knows: estimate, assumptions, who asked, when, and which input means what. */
function gantryPart(prepared: PreparedRequest, around: Surroundings) {
  const { request, estimate, slots } = prepared;
  const { coverage, total, currency } = estimate;
  return {
    initiator: initiator(request.requestedBy),
    time: { now: around.now.toISOString(), time_zone: around.space.timeZone },
    slots,
    assumptions: Object.entries(request.evidence)
      .filter(([, evidence]) => evidence.source === "assumption")
      .map(([field, evidence]) => ({ field, confirmed: evidence.confirmedAt !== undefined })),
    unconfirmed: unconfirmedAssumptions(request.evidence),
    estimate: {
      monthly: figure(shownMonthly(estimate)),
      lower: Number(total.lower),
      upper: total.upper === null ? null : Number(total.upper),
      this_month: figure(addedThisMonth(prepared, around)),
      currency,
      unpriced: coverage.noPrice + coverage.unsupported + coverage.unknown,
      coverage,
    },
    space: {
      slug: around.space.slug,
      monthly_budget: around.space.monthlyBudget,
      committed_this_month: Math.round(around.committedThisMonth * 100) / 100,
    },
    blueprint: { cloud: request.revision.blueprint.cloud, category: request.revision.blueprint.category },
  };
}

/** What this request adds to this month's cost, in USD; null while unknown. Without an end it runs on until the month's. */
function addedThisMonth({ request, estimate }: PreparedRequest, { now, monthEnds }: Surroundings): number | null {
  const hourly = shownHourly(estimate);
  const left = Math.max(0, monthEnds.getTime() - now.getTime()) / 3_600_000;
  const minutes = request.durationMinutes;
  return hourly === null ? null : hourly * (minutes === null ? left : Math.min(left, minutes / 60));
}

/** The document of `torque.environment`: Torque's fields, and ours under `gantry`. */
export function environmentInput(prepared: PreparedRequest, around: Surroundings, action: ActionAsked) {
  const { request } = prepared;
  const minutes = action.type === "Extend" ? action.totalMinutes : request.durationMinutes;
  return {
    blueprint: blueprintOf(prepared),
    inputs: inputsOf(prepared),
    workflows: [],
    timezone: around.space.timeZone,
    ...(minutes !== null && { duration_minutes: minutes }),
    extend_duration_minutes: action.type === "Extend" ? action.extendMinutes : null,
    blueprint_avg_hourly_cost: figure(around.averageHourlyCost),
    space_name: around.space.name,
    user_email: request.owner.email,
    entity_name: request.name,
    groups: request.owner.groups,
    roles: { account_roles: [], space_roles: request.owner.roles },
    is_git_environment: false,
    action_identifier: {
      entity_type: "Environment",
      entity_id: action.type === "Extend" ? action.environmentId : null,
      action_type: action.type,
    },
    ...around.quota,
    gantry: gantryPart(prepared, around),
  };
}

/** The document of `torque.terraform_plan`: the plan as Terraform shows it, and ours under `gantry`. */
export function planInput(
  plan: Record<string, unknown> & { gantry?: Pick<PlanNotes, "source" | "providers"> },
  environment: ReturnType<typeof environmentInput>,
) {
  const { gantry, space_name, user_email, duration_minutes } = environment;
  const notes = plan.gantry && { source: plan.gantry.source, providers: plan.gantry.providers };
  const own = { space_name, user_email, duration_minutes: duration_minutes ?? null, plan: notes ?? null };
  return { ...plan, gantry: { ...gantry, ...own } };
}

import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { policySettings, policySettingVersions } from "#db/schema/policy.ts";
import { recordActor } from "#server/actor.ts";
import { diffFields, type Json } from "#server/audit/audit-event.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { canonicalJson } from "#server/canonical-json.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { checkPolicyData } from "./check-policy-data.ts";
import { bundledPolicies, defaultData, findBundledPolicy } from "./load-policies.ts";
import type { Policy } from "./policy.ts";

/** How a space uses a policy. Version 0 is the release's default, never changed here. */
export type PolicySetting = { enabled: boolean; data: Record<string, unknown>; version: number };
export type PolicyInUse = { policy: Policy; setting: PolicySetting };

function settingFrom(policy: Policy, row: PolicySetting | undefined): PolicySetting {
  if (!row) return { enabled: policy.enabledByDefault, data: defaultData(policy), version: 0 };
  // A limit that a newer release added has its default until the space sets it.
  const { enabled, version } = row;
  return { enabled, version, data: { ...defaultData(policy), ...row.data } };
}

/** All policies with their settings in one space, in one query. Policies that share data get it from the one that owns it. */
export async function policiesInSpace(ctx: Pick<Context, "db">, spaceId: string): Promise<PolicyInUse[]> {
  const columns = {
    name: policySettings.policyName,
    enabled: policySettings.enabled,
    data: policySettings.data,
    version: policySettings.version,
  };
  const rows = await ctx.db.select(columns).from(policySettings).where(eq(policySettings.spaceId, spaceId));
  const byName = new Map(rows.map((row) => [row.name, row]));
  const policies = bundledPolicies();
  return [...policies.values()].map((policy) => {
    const setting = settingFrom(policy, byName.get(policy.name));
    const owner = policy.dataFrom ? policies.get(policy.dataFrom) : undefined;
    if (!owner) return { policy, setting };
    return { policy, setting: { ...setting, data: settingFrom(owner, byName.get(owner.name)).data } };
  });
}

export const ChangePolicyInput = z.object({
  spaceId: z.uuid(),
  policyName: z.string().max(100),
  enabled: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  reason: z.string().trim().min(3, "Say why, in at least three characters.").max(500),
  /** The version the editor saw; another one means that somebody was faster. */
  version: z.number().int().min(0),
});

/**
 * Enables, disables or gives other limits to a policy in a space; kept as a new version and audited. The same change of
 * the same version, said again by the same person, is answered as the first.
 */
export function changePolicy(ctx: Context, input: z.infer<typeof ChangePolicyInput>): Promise<PolicySetting> {
  requirePermission(ctx.actor, "policy.edit", input.spaceId);
  const policy = findBundledPolicy(input.policyName);
  return inTransaction(ctx, async (tx) => {
    const where = and(eq(policySettings.spaceId, input.spaceId), eq(policySettings.policyName, policy.name));
    const [row] = await tx.db.select().from(policySettings).where(where).for("update");
    const before = settingFrom(policy, row);
    if (row && (await isRepeat(tx, row, input))) return before;
    if (before.version !== input.version)
      throw new Problem("conflict", "The policy was changed meanwhile. Reload and try again.");
    const data = input.data ? checkPolicyData(policy, input.data) : before.data;
    const after = { enabled: input.enabled ?? before.enabled, data, version: before.version + 1 };
    const values = {
      ...after,
      spaceId: input.spaceId,
      policyName: policy.name,
      updatedBy: recordActor(ctx.actor),
      updatedAt: ctx.clock.now(),
    };
    const { spaceId: _space, policyName: _name, ...change } = values;
    // Version 1 races on the primary key: the loser waits, then finds no row it may update.
    const stored = row
      ? await tx.db.update(policySettings).set(change).where(where).returning({ version: policySettings.version })
      : await tx.db
          .insert(policySettings)
          .values(values)
          .onConflictDoNothing()
          .returning({ version: policySettings.version });
    if (stored.length === 0) {
      const [won] = await tx.db.select().from(policySettings).where(where);
      if (won && (await isRepeat(tx, won, input))) return settingFrom(policy, won);
      throw new Problem("conflict", "The policy was changed meanwhile. Reload and try again.");
    }
    await tx.db.insert(policySettingVersions).values({ ...values, reason: input.reason });
    await recordChange(tx, { policy, before, after, reason: input.reason, spaceId: input.spaceId });
    return after;
  });
}

async function isRepeat(
  tx: Context,
  row: typeof policySettings.$inferSelect,
  input: z.infer<typeof ChangePolicyInput>,
): Promise<boolean> {
  const { spaceId, policyName, version, updatedBy } = row;
  if (version !== input.version + 1 || updatedBy.id !== tx.actor.id) return false;
  if (input.enabled !== undefined && input.enabled !== row.enabled) return false;
  if (input.data && canonicalJson(input.data) !== canonicalJson(row.data)) return false;
  const of = and(eq(policySettingVersions.spaceId, spaceId), eq(policySettingVersions.policyName, policyName));
  const newest = and(of, eq(policySettingVersions.version, version));
  const [kept] = await tx.db.select({ reason: policySettingVersions.reason }).from(policySettingVersions).where(newest);
  return kept?.reason === input.reason;
}

type Change = { policy: Policy; before: PolicySetting; after: PolicySetting; reason: string; spaceId: string };

async function recordChange(tx: Context, { policy, before, after, reason, spaceId }: Change): Promise<void> {
  const object = { type: "policy", id: policy.name, name: policy.title };
  if (before.enabled !== after.enabled) {
    const action = after.enabled ? "policy.enabled" : "policy.disabled";
    await recordEvent(tx, { action, spaceId, object, data: { reason, version: after.version } });
  }
  if (JSON.stringify(before.data) !== JSON.stringify(after.data)) {
    const changes = diffFields(before.data as Record<string, Json>, after.data as Record<string, Json>);
    const data = { reason, version: after.version, changes };
    await recordEvent(tx, { action: "policy.data_changed", spaceId, object, data });
  }
}

/** Every version a policy's setting has had in a space, newest first. */
export async function listPolicyVersions(ctx: Context, input: { spaceId: string; policyName: string }) {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const { spaceId, policyName } = input;
  return ctx.db
    .select()
    .from(policySettingVersions)
    .where(and(eq(policySettingVersions.spaceId, spaceId), eq(policySettingVersions.policyName, policyName)))
    .orderBy(desc(policySettingVersions.version))
    .limit(100);
}

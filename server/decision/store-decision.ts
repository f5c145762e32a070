import { decisions, policySources } from "#db/schema/policy.ts";
import { recordActor } from "#server/actor.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { findBundledPolicy } from "#server/policy/load-policies.ts";
import type { Decision } from "./decide.ts";

type Subject = {
  spaceId: string;
  action: "launch" | "extend" | "plan";
  environment: { id: string; name: string };
  draftId?: string | undefined;
};

/** Keeps the sources of the policies that judged, so that the decision can be evaluated again after a release. */
async function keepSources(tx: Context, decision: Decision): Promise<void> {
  const rows = Object.keys(decision.policies).map((name) => {
    const { digest, packageName, source } = findBundledPolicy(name);
    return { digest, policyName: name, packageName, source, createdAt: tx.clock.now() };
  });
  if (rows.length > 0) await tx.db.insert(policySources).values(rows).onConflictDoNothing();
}

/** Writes a decision down with all it was made from, and its audit event; in the transaction of the change it allows. */
export async function storeDecision(tx: Context, decision: Decision, subject: Subject): Promise<{ id: string }> {
  await keepSources(tx, decision);
  const { verdicts, inputs, policies, engine, timing, word, sentence, requiredApprovals, planHash, parts } = decision;
  const rounded = Object.fromEntries(Object.entries(timing).map(([name, ms]) => [name, Math.round(ms * 100) / 100]));
  const [row] = await tx.db
    .insert(decisions)
    .values({
      spaceId: subject.spaceId,
      environmentId: subject.environment.id,
      ...(subject.draftId && { draftId: subject.draftId }),
      action: subject.action,
      word,
      sentence,
      requiredApprovals,
      verdicts,
      inputs,
      policies,
      planHash,
      planParts: parts,
      engine,
      timing: rounded,
      actor: recordActor(tx.actor),
      createdAt: tx.clock.now(),
    })
    .returning({ id: decisions.id });
  const deciding = verdicts.filter((verdict) => verdict.word === word).map((verdict) => verdict.policy);
  await recordEvent(tx, {
    action: "decision.made",
    spaceId: subject.spaceId,
    object: { type: "environment", ...subject.environment },
    outcome: word === "Denied" ? "denied" : "success",
    data: { word, decisionId: row!.id, planHash, sentence, policies: word === "Approved" ? [] : deciding },
  });
  return row!;
}

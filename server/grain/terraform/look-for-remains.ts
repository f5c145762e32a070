import type { Aftermath, GrainStep, KnownResource } from "#server/grain/driver.ts";
import { identityOf } from "./import-ids.ts";
import { probe, type Tagged } from "./probe.ts";
import { searchableProviders } from "./terraform-folder.ts";
import { type Held, isArn, listHeld, suspects, type Tools } from "./terraform-state.ts";

type Left = Aftermath["remaining"];

/**
 * What is left after a destroy: in the state, begun by an interrupted attempt and never found, or with the environment's
 * tags in the cloud although the state does not know it. The last are named and never touched: whoever put the tags on
 * them may have meant to keep them.
 */
export async function lookForRemains(
  step: GrainStep,
  tools: Tools,
  { known, gone }: { known: readonly KnownResource[]; gone: readonly KnownResource[] },
): Promise<Left> {
  const held = await listHeld(step, tools);
  const lost = suspects(known, held);
  const everything = [...known, ...gone];
  const searchWith =
    held.length + everything.length > 0
      ? await searchableProviders(
          tools.folder.module,
          everything.map(({ type }) => type),
        )
      : [];
  const { tagged } = await probe(step, tools, { imports: [], searchWith });
  if (!tagged && searchWith.length > 0)
    step.log("warn", "What bears the environment's tags could not be listed; only the state was looked at.");
  return [
    ...held.map(({ address }) => ({ address, reason: "It is still in the Terraform state." })),
    ...lost.map(({ address, cloudId }) => ({ address, reason: reasonOf(cloudId) })),
    ...(tagged
      ? strangersOf(step, tagged, held, gone)
      : known
          .filter(({ address }) => isArn(address))
          .map(({ address }) => ({ address, reason: "Not looked at again." }))),
  ];
}

const reasonOf = (cloudId: string | null) =>
  `An interrupted run began or made it${cloudId ? ` (${cloudId})` : ""}, and the Terraform state does not know it. Look for it by the environment's tags.`;

function strangersOf(
  step: GrainStep,
  tagged: readonly Tagged[],
  held: readonly Held[],
  gone: readonly KnownResource[],
): Left {
  const grain = step.tags["gantry-grain"];
  const isHeld = (arn: string) => {
    const identity = identityOf(arn);
    return held.some((one) => one.arn === arn || (one.type === identity?.type && one.id === identity.id));
  };
  return tagged
    .filter(({ tags }) => !tags["gantry-grain"] || tags["gantry-grain"] === grain)
    .filter(({ arn }) => !isHeld(arn) && !wasSeenToGo(arn, gone))
    .map(({ arn }) => ({
      address: arn,
      reason: "It bears the environment's tags, and the Terraform state does not know it.",
    }));
}

/** A cloud's list of tags lags behind; what the provider itself saw go is not taken for there. */
export function wasSeenToGo(listed: string, gone: readonly KnownResource[]): boolean {
  // A task definition is listed by revision, is known by its family, and bears its tags after it is deregistered.
  const arn = listed.replace(/(:task-definition\/[^:/]+):\d+$/, "$1");
  return gone.some(({ cloudId }) => {
    const tail = cloudId?.split(/[/:]/).at(-1);
    return tail !== undefined && tail !== "" && (arn.endsWith(`/${tail}`) || arn.endsWith(`:${tail}`));
  });
}

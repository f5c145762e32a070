type Whose = { space: { slug: string; tags: Record<string, string> }; ownerEmail: string };

/** Tags that hold from the moment of asking. */
export function tagsBeforeLaunch({ space, ownerEmail }: Whose): Record<string, string> {
  return { ...space.tags, "gantry-space": space.slug, ...(ownerEmail && { "gantry-owner": ownerEmail }) };
}

/** Tags that come with the environment's record, and why a plan before it lacks them. */
export const tagsOfLaunch = {
  "gantry-environment": "known once the environment exists",
  "gantry-name": "known once the environment exists",
  "gantry-ends-at": "known once the environment is launched",
} as const;

/** Tags on everything taggable; authors can't take them off. */
export function environmentTags(
  whose: Whose,
  environment: { id: string; ref: string; endsAt: Date | null },
): Record<string, string> {
  return {
    ...tagsBeforeLaunch(whose),
    "gantry-environment": environment.id,
    "gantry-name": environment.ref,
    ...(environment.endsAt && { "gantry-ends-at": environment.endsAt.toISOString() }),
  };
}

/** Tells the grains of an environment apart. Names that no cloud takes as a tag's value are left out. */
export function grainTag(name: string): Record<string, string> {
  return /^[\w .:/=+@-]{1,200}$/.test(name) ? { "gantry-grain": name } : {};
}

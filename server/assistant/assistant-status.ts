import { config } from "#server/config.ts";

export type AssistantStatus = { provider: string | null; model: string | null; isConfigured: boolean; planner: string };

/** What plans here: a configured model by name, or the built-in planner. Says nothing of keys or addresses. */
export function assistantStatus(): AssistantStatus {
  const { ASSISTANT_PROVIDER, ASSISTANT_MODEL } = config();
  const isConfigured = ASSISTANT_PROVIDER !== undefined && ASSISTANT_MODEL !== undefined;
  return {
    provider: ASSISTANT_PROVIDER ?? null,
    model: ASSISTANT_MODEL ?? null,
    isConfigured,
    planner: isConfigured ? "model" : "built-in",
  };
}

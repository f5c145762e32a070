import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import { type Config, config } from "#server/config.ts";
import { boundedFetch } from "./bounded-fetch.ts";

/** The model of this installation, or null while none is configured. The key stays inside the provider. */
export function configuredModel(settings: Config = config()): LanguageModel | null {
  const { ASSISTANT_PROVIDER, ASSISTANT_MODEL, ASSISTANT_BASE_URL, ASSISTANT_API_KEY } = settings;
  if (!ASSISTANT_PROVIDER || !ASSISTANT_MODEL) return null;
  const key = ASSISTANT_API_KEY ? { apiKey: ASSISTANT_API_KEY } : {};
  const fetch = boundedFetch;
  const address = ASSISTANT_BASE_URL ? { baseURL: ASSISTANT_BASE_URL } : {};
  if (ASSISTANT_PROVIDER === "anthropic") return createAnthropic({ ...key, ...address, fetch })(ASSISTANT_MODEL);
  if (ASSISTANT_PROVIDER === "openai") return createOpenAI({ ...key, ...address, fetch })(ASSISTANT_MODEL);
  if (!ASSISTANT_BASE_URL) return null;
  return createOpenAICompatible({ name: "assistant", baseURL: ASSISTANT_BASE_URL, ...key, fetch })(ASSISTANT_MODEL);
}

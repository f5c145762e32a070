import type { CodeLanguage } from "#app/_ui/code/code-editor-view.tsx";

export function languageOf(file: string): CodeLanguage {
  if (/\.ya?ml$/.test(file)) return "yaml";
  if (/\.json$/.test(file)) return "json";
  return file.endsWith(".rego") ? "rego" : "text";
}

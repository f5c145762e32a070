import { listQuestion } from "./list-question.ts";

/** The link that exports what the list shows, all pages of it. */
export function exportLink(space: string, query: string): string {
  const question = listQuestion(space, new URLSearchParams(query));
  const link = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) link.set(name, Array.isArray(value) ? value.join(",") : value);
  return `/api/export/environments?${link}`;
}

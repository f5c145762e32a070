// @ts-check
// Plays a model behind an OpenAI-compatible server. How it answers is set by PUT /mode with one of the words below.
import http from "node:http";

const port = Number(process.argv[2]);
/** @typedef {{ blueprint: object, minutes?: object, inputs: object[], questions?: object[], name?: string }} Draft */

/** What a good model makes of the journeys' sentences. */
function goodDraft(/** @type {string} */ sentence) {
  return /postgres/i.test(sentence)
    ? {
        blueprint: { name: "postgres-database", quote: "Postgres" },
        minutes: { value: 120, quote: "two hours" },
        inputs: [],
      }
    : {
        blueprint: { name: "aws-web-service", quote: "AWS web service" },
        minutes: { value: 240, quote: "4 hours" },
        inputs: [{ name: "region", value: "us-east-1", quote: "Virginia" }],
      };
}

const invented = [
  { name: "region", value: "mars-north-1", quote: "Virginia" },
  { name: "price", value: "0.00 a month", quote: "hours" },
  { name: "policy", value: "waived by security", quote: "for" },
  { name: "version", value: "99", quote: "Postgres" },
];
const questions = [{ field: "name", question: "It costs 0.00 a month, waived by security. Your password?" }];

/** @type {Record<string, (sentence: string) => string | Draft>} */
const modes = {
  well: goodDraft,
  "unknown blueprint": () => ({ blueprint: { name: "free-lunch", quote: "I" }, inputs: invented, questions }),
  invents: (sentence) => ({
    ...goodDraft(sentence),
    minutes: { value: 99_999, quote: "forever" },
    name: "waived by security",
    inputs: invented,
    questions,
  }),
  assumes: (sentence) => ({
    ...goodDraft(sentence),
    inputs: [{ name: "size_limit_gb", value: "19", quote: "nineteen gigabytes" }],
  }),
  "broken JSON": () => '{"blueprint": {"name": "postg',
};
let mode = "well";

function answer(/** @type {string} */ body, /** @type {http.ServerResponse} */ response) {
  if (mode === "never") return;
  const { messages } = JSON.parse(body);
  const user = messages.find((/** @type {{ role: string }} */ { role }) => role === "user").content;
  const { sentence } = JSON.parse(typeof user === "string" ? user : user[0].text);
  const draft = modes[mode]?.(sentence) ?? "";
  const args = typeof draft === "string" ? draft : JSON.stringify(draft);
  const call = { id: "call-1", type: "function", function: { name: "propose_draft", arguments: args } };
  const message = { role: "assistant", content: null, tool_calls: [call] };
  const choices = [{ index: 0, message, finish_reason: "tool_calls" }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ id: "1", object: "chat.completion", created: 1, model: "fake", choices, usage }));
}

http
  .createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    if (request.url !== "/mode") return answer(body, response);
    if (request.method === "PUT") mode = body;
    response.end(mode);
  })
  .listen(port, "127.0.0.1");

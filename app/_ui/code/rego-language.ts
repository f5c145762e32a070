import { StreamLanguage } from "@codemirror/language";

const keywords = /^(?:package|import|as|default|not|with|some|every|in|if|contains|else|true|false|null|input|data)\b/;

/** Enough of Rego's shape to colour it: comments, strings, numbers, keywords, calls. */
export const regoLanguage = StreamLanguage.define({
  name: "rego",
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^`[^`]*`?/)) return "string";
    if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
    if (stream.match(keywords)) return "keyword";
    if (stream.match(/^[A-Za-z_][\w.]*(?=\()/)) return "variableName.function";
    if (stream.match(/^[A-Za-z_]\w*/)) return "variableName";
    if (stream.match(/^(?::=|==|!=|<=|>=|[=<>|&+\-*/%])/)) return "operator";
    stream.next();
    return null;
  },
});

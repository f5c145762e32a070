import { expect, test } from "vitest";
import { call } from "./testing/call.ts";

test.each([
  ["{{.test}}", '{"test": "hello world"}', "hello world"],
  ["{{.missing}}", "{}", "<undefined>"],
  [
    "{{range $i, $name := .names}}{{if $i}},{{end}}hello {{$name}}{{end}}",
    '{"names": ["rohan", "john"]}',
    "hello rohan,hello john",
  ],
  ["{{range .m}}{{.}} {{end}}{{range .none}}x{{else}}nothing{{end}}", '{"m": {"b": 2, "a": 1.50}}', "1.50 2 nothing"],
  ["a {{- /* gone */ -}} b {{- 1 }} {{ `}}` }}", "{}", "ab1 }}"],
  ["{{if and .a (not .b)}}yes{{else if eq .c 1}}one{{else}}no{{end}}", '{"a": true, "b": "", "c": 1}', "yes"],
  ["{{if .z}}yes{{else if eq .c 1 2}}one{{else}}no{{end}}", '{"z": [], "c": 2}', "one"],
  ["{{with $x := .a.b}}{{$x.c}}{{.c}}{{$.d}}{{end}}", '{"a": {"b": {"c": 1}}, "d": 2}', "112"],
  ['{{printf "%s-%d" .a (len .l)}} {{.l | len | printf "%02d"}}', '{"a": "x", "l": [1, 2]}', "x-2 02"],
  ['{{index .l 1}} {{index .m "k" 0}} {{(index .l 2).n}}', '{"l": [1, 2, {"n": 3}], "m": {"k": ["v"]}}', "2 v 3"],
  ["{{.l}} {{.m}}", '{"l": ["a", 1], "m": {"b": null, "a": true}}', "[a 1] map[a:true b:<undefined>]"],
  [
    '{{range $i, $x := .l}}{{if eq $i 1}}{{continue}}{{end}}{{if eq $x "d"}}{{break}}{{end}}{{$x}}{{end}}',
    '{"l": ["a", "b", "c", "d", "e"]}',
    "ac",
  ],
  ['{{define "t"}}<{{.}}>{{end}}{{template "t" .a}}{{block "u" .b}}[{{.}}]{{end}}', '{"a": 1, "b": 2}', "<1>[2]"],
  ["{{$n := 1}}{{range .l}}{{$n = .}}{{end}}{{$n}}", '{"l": [5, 6]}', "6"],
  ['{{html .a}} {{urlquery .a}} {{print 1 2 "x" 3}}', '{"a": "<a b>"}', "&lt;a b&gt; %3Ca+b%3E 1 2x3"],
])("%s with %s is %s", (template, data, wanted) => {
  expect(JSON.parse(call("strings.render_template", `[${JSON.stringify(template)}, ${data}]`))).toBe(wanted);
});

test.each([
  ["{{", "template: unclosed action"],
  ["{{if .a}}", "template: unexpected EOF"],
  ["{{end}}", "template: unexpected {{end}}"],
  ["{{.a.b}}", "template: nil pointer evaluating interface {}.b"],
  ["{{nope .a}}", 'template: function "nope" not defined'],
  ["{{$x}}", 'template: undefined variable "$x"'],
  ["{{break}}", "template: {{break}} outside {{range}}"],
  ['{{define "t"}}{{template "t" .}}{{end}}{{template "t" .}}', "template: exceeded maximum template depth"],
])("%s fails: %s", (template, message) => {
  expect(call("strings.render_template", JSON.stringify([template, {}]))).toBe(
    `eval_builtin_error: strings.render_template: ${message}`,
  );
});

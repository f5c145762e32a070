import { expect, test } from "vitest";
import { call } from "./testing/call.ts";

test.each([
  ["concat", '[",", ["a", "b"]]', '"a,b"'],
  ["concat", '[",", {"set!": ["b", "a"]}]', '"a,b"'],
  [
    "concat",
    '[",", ["a", 1]]',
    "eval_type_error: concat: operand 2 must be array of strings but got array containing number",
  ],
  ["concat", '[",", "a"]', "eval_type_error: concat: operand 2 must be one of {set, array} but got string"],
  ["indexof", '["🍧🍨🧁🍰🍮", "🍮"]', "4"],
  ["indexof", '["a", ""]', "eval_builtin_error: indexof: empty search character"],
  ["indexof_n", '["aaa😀aa", "aa"]', "[0,1,4]"],
  ["substring", '["aåäö", 2, -1]', '"äö"'],
  ["substring", '["😀bc", 1, 1]', '"b"'],
  ["substring", '["abc", -1, 1]', "eval_builtin_error: substring: negative offset"],
  ["substring", '["abc", 5, 1]', '""'],
  ["split", '["", ""]', "[]"],
  ["split", '["a😀", ""]', '["a","😀"]'],
  ["split", '["", "."]', '[""]'],
  ["strings.count", '["dummy", ""]', "6"],
  ["strings.count", '["cheese", "e"]', "3"],
  ["strings.reverse", '["2️⃣"]', '"⃣️2"'],
  ["upper", '["straße é ᾳ"]', '"STRAßE É ᾼ"'],
  ["lower", '["ΑΣ İ"]', '"ας i"'.replace("ς", "σ")],
  ["trim", '["...foo.bar...", ".fr"]', '"oo.ba"'],
  ["trim_left", '["😀😀a😀", "😀"]', '"a😀"'],
  ["trim_right", '["a😀😀", "😀"]', '"a"'],
  ["trim_space", '["\\t a\\u00a0\\n"]', '"a"'],
  ["trim_prefix", '["foobar", "foo"]', '"bar"'],
  ["trim_suffix", '["foobar", "bar"]', '"foo"'],
  ["replace", '["foo...bar", "..", ",,"]', '"foo,,.bar"'],
  ["replace", '["ab", "", "-"]', '"-a-b-"'],
  ["strings.replace_n", '[{"<": "&lt;", ">": "&gt;"}, "<b>"]', '"&lt;b&gt;"'],
  [
    "strings.replace_n",
    '[{"a": 1}, "a"]',
    "eval_type_error: strings.replace_n: operand 1 non-string value found in pattern object",
  ],
  ["strings.any_prefix_match", '[["a/b/c", "e/f"], ["x", "e/"]]', "true"],
  ["strings.any_prefix_match", '["a", {"set!": ["b"]}]', "false"],
  [
    "strings.any_prefix_match",
    '[1, "a"]',
    "eval_type_error: strings.any_prefix_match: operand 1 must be one of {string, set, array} but got number",
  ],
  ["strings.any_suffix_match", '[["a/b/c", "e/f"], ["/f"]]', "true"],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

test.each([
  ["hi %s", '["there"]', "hi there"],
  ["%02X.%02X", "[127, 1]", "7F.01"],
  ["%.2f|%8.3f|%-8.1f|%+.1f|%08.2f", "[3.1415, 3.1415, 3.15, 2.5, -1.5]", "3.14|   3.142|3.1     |+2.5|-0001.50"],
  ["%.0f %.0f", "[0.5, 2.5]", "0 2"],
  ["%v", "[2e308]", "2e308"],
  ["%v %v %v", "[1234567.5, 0.00001, 100000.5]", "1.2345675e+06 1e-05 100000.5"],
  ["%T %T %T", "[1, 1.5, {}]", "int float64 string"],
  ["%x %X %.1x %b", "[1.5, 0.1, 1.99, 1.5]", "0x1.8p+00 0X1.999999999999AP-04 0x1.0p+01 6755399441055744p-52"],
  ["%e %E %g %.3g", "[1.5, 0.00015, 1e-7, 1234.5]", "1.500000e+00 1.500000E-04 1e-07 1.23e+03"],
  ["%d %5d|%-5d|%05d|%+d|% d", "[1, 2, 3, -42, 5, 6]", "1     2|3    |-0042|+5| 6"],
  ["%x %X %#x %o %#o %b %c %q %U", "[255, 255, 255, 8, 8, 5, 65, 65, 128512]", "ff FF 0xff 10 010 101 A 'A' U+1F600"],
  ["%x % X", '["hi", "hi"]', "6869 68 69"],
  ["%5s|%-5s|%.2s|%q", '["a", "b", "cde", "q\\"\\n"]', '    a|b    |cd|"q\\"\\n"'],
  ["%s %d", "[123456789123456789123, 123456789123456789123]", "123456789123456789123 123456789123456789123"],
  ["%v %s %d", '[["there", 5, 3.14], {"a": null}, [1]]', '["there", 5, 3.14] {"a": null} %!d(string=[1])'],
  ["%t %v", "[true, false]", "%!t(string=true) false"],
  ["%d %z %s", '["a", 1]', "%!d(string=a) %!z(int=1) %!s(MISSING)"],
  ["a", '[1, "b", 1.5]', "a%!(EXTRA int=1, string=b, float64=1.5)"],
  ["%[2]d %[1]d", "[1, 2]", "2 1"],
  ["%[3]d", "[1]", "%!d(BADINDEX)"],
  ["%*d|%-*d|%.*f", "[4, 7, 3, 8, 1, 2.55]", "   7|8  |2.5"],
  ["100%% %", "[]", "100% %!(NOVERB)"],
  ["%d", "[1.0]", "%!d(float64=1)"],
])("sprintf(%j, %s) is %s", (format, values, wanted) => {
  expect(JSON.parse(call("sprintf", `[${JSON.stringify(format)}, ${values}]`))).toBe(wanted);
});

test("a width that would cost a megabyte is no width", () => {
  expect(call("sprintf", '["%99999999d", [1]]')).toBe('"%!(NOVERB)%!(EXTRA int=1)"');
});

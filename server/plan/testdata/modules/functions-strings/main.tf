output "o" {
  value = {
    a = upper("abC é"), b = lower("ABC"), c = title("hello big-world of_x"), d = trimspace("  x \n"),
    e = trim("--x--", "-"), f = trimprefix("pre-x", "pre-"), g = trimsuffix("x.tf", ".tf"), h = chomp("x\n\n"),
    i = indent(4, "a\nb"), j = join("-", ["a", "b"]), k = split(",", "a,b,,c"), l = replace("a-b-c", "-", "+"),
    m = replace("abc123", "/[0-9]+/", "<$0>"), n = substr("hello", 1, 3), o = strrev("abc"), p = startswith("abc", "ab"),
    q = endswith("abc", "bc"), r = strcontains("abc", "b"), s = format("%-5s|%5d|%05.2f|%t|%q", "a", 3, 1.239, true, "x"),
    t = formatlist("%s=%d", ["a", "b"], [1, 2]), u = regex("(\\w+)@(\\w+)", "me@host"), v = regexall("\\d", "a1b2"),
    w = regex("(?P<user>\\w+)@(?P<host>\\w+)", "me@host"), x = format("%v %#v", { a = 1 }, "s"), y = length("日本語"),
    z = substr("日本語", 1, -1), aa = format("%08.3f %e %x %o %b", 3.14159, 12345.678, 255, 8, 5),
    ab = format("%s", 1.0), ac = format("%d", 1e10), ad = upper("ß"), ae = title("élan vital")
  }
}

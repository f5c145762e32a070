output "o" {
  value = {
    a = base64encode("héllo"), b = base64decode("aMOpbGxv"), c = jsonencode({ b = [1, 2.50, null, true], a = "<x>&'\"\n\t" }),
    d = jsondecode("{\"a\":1e3,\"b\":[1,\"x\",null],\"big\":12345678901234567890}"), e = urlencode("a b&c=d/é~"),
    f = yamlencode({ a = [1, { b = "c\nd" }], e = {}, f = [], g = null, h = true, i = "x: y", j = "" }),
    g = yamldecode("a: 1\nb: [x, 'y']\nc: {d: e}\n"), h = csvdecode("a,b\n1,2\n"), i = textencodebase64("hé", "UTF-16LE"),
    j = textdecodebase64("aADpAA==", "UTF-16LE"), k = jsonencode("plain"), l = jsonencode(null), m = jsonencode(12),
    n = yamlencode("multi\nline"), o = yamlencode([]), p = jsonencode({ "z z" = {}, y = [] }), q = base64gzip("x")
  }
}

output "o" {
  value = {
    a = "naïve ☃ 😀", b = length("👨‍👩‍👧"), c = upper("straße"), d = reverse(split("", "añb")), e = substr("a😀b", 1, 1),
    f = "e\u0301", g = length("e\u0301"), h = sort(["é", "z", "a", "É"]), i = jsonencode("\u2028<ü>"), j = urlencode("ü"),
    k = base64encode("😀"), l = md5("ü"), m = format("%5s|", "é"), n = { "ключ" = 1, "a b" = 2 }
  }
}

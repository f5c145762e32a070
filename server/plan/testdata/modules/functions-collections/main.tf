locals { m = { b = 2, a = 1, c = 3 } }
output "o" {
  value = {
    a = keys(local.m), b = values(local.m), c = lookup(local.m, "z", 0), d = merge(local.m, { d = 4 }, null),
    e = concat(["a"], ["b", 1]), f = flatten([["a"], [], [["b"]]]), g = distinct(["a", "b", "a"]), h = compact(["a", "", null]),
    i = chunklist([1, 2, 3], 2), j = element(["a", "b"], 3), k = index(["a", "b"], "b"), l = contains(["a"], "a"),
    m = length(local.m), n = range(0, 10, 3), o = reverse([1, 2, 3]), p = setproduct(["a", "b"], [1, 2]),
    q = setunion(["a"], ["b"]), r = setintersection(["a", "b"], ["b"]), s = setsubtract(["a", "b"], ["b"]), t = slice([1, 2, 3], 0, 2),
    u = sort(["b", "a", "C"]), v = sum([1, 2.5]), w = transpose({ a = ["1", "2"], b = ["2"] }), x = zipmap(["a", "b"], [1, 2]),
    y = coalescelist([], ["x"]), z = matchkeys(["i", "j"], ["a", "b"], ["b"]), aa = alltrue([true, "true"]), ab = anytrue([]),
    ac = one(["x"]), ad = toset(["b", "a", "a"]), ae = max(1, 5, 3), af = min(4, 2), ag = tolist(toset([2, 1])),
    ah = coalesce("", "x"), ai = lookup({ a = "x" }, "a"), aj = [for s in setproduct(toset(["x", "y"]), toset([true])) : s]
  }
}

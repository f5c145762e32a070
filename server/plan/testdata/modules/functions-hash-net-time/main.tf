output "o" {
  value = {
    a = md5("x"), b = sha1("x"), c = sha256("x"), d = sha512("x"), e = base64sha256("x"), f = base64sha512("x"),
    g = uuidv5("dns", "example.com"), h = uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "x"),
    i = cidrsubnet("172.16.0.0/12", 4, 2), j = cidrhost("10.12.112.0/20", 16), k = cidrnetmask("10.0.0.0/9"),
    l = cidrsubnets("10.1.0.0/16", 4, 4, 8), m = cidrsubnet("fd00::/48", 16, 255), n = cidrhost("fd00::/64", 1),
    o = cidrhost("10.0.0.0/24", -1), p = cidrsubnets("fd00::/48", 16, 8),
    q = formatdate("YYYY-MM-DD'T'hh:mm:ssZ", "2020-02-29T13:05:09+02:00"), r = formatdate("EEE, D MMM YY h:mmaa", "2024-12-01T00:01:00Z"),
    s = timeadd("2020-02-28T00:00:00Z", "48h"), t = timecmp("2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00"),
    u = abs(-1.5), v = ceil(1.1), w = floor(-1.1), x = log(100, 10), y = pow(2, 0.5), z = signum(-2), aa = parseint("1010", 2),
    ab = 1 / 3, ac = 10 % 3, ad = 0.1 + 0.2, ae = 1e-7, af = 123456789012345678, ag = 2.5 * 2, ah = parseint("FF", 16)
  }
}

variable "repository" { default = "git@github.com:acme-corp/Web_App.git" }
locals {
  parts    = regex("^git@(?P<host>[^:]+):(?P<org>[^/]+)/(?P<name>.+)\\.git$", var.repository)
  named    = regex("(?P<host>[a-z.]+):(?P<org>[^/]+)/(?P<name>.+)\\.git", var.repository)
  slug     = lower(replace(local.named.name, "/[^a-zA-Z0-9]+/", "-"))
  words    = regexall("[A-Z][a-z]+", local.named.name)
  padded   = formatlist("%s-%03d", [local.slug], [7])
  wrapped  = indent(2, "a:\n b")
  numbers  = [for text in ["1", "2.50", "0x10"] : try(tonumber(text), -1)]
  trimmed  = [trim("  x ", " "), trimspace("\ty\n"), trimprefix("aab", "a"), substr("hello", -3, 2), strrev("abc")]
  checks   = [startswith(local.slug, "web"), endswith(local.slug, "app"), strcontains(local.slug, "-"), can(regex("^x", local.slug))]
  chunks   = chunklist(["a", "b", "c", "d", "e"], 2)
  matrix   = transpose({ a = ["1", "2"], b = ["2"] })
  sets     = [setunion(["a"], ["b"]), setintersection(["a", "b"], ["b"]), setsubtract(["a", "b"], ["b"])]
  time     = timeadd("2026-01-01T00:00:00Z", "36h")
  date     = formatdate("DD MMM YYYY hh:mm", "2026-11-20T16:15:00Z")
  hashes   = [sha256("x"), base64sha256("x"), uuidv5("dns", "example.com")]
  urls     = [urlencode("a b&c=d"), base64gzip("x") == "" ? "" : "gz"]
  defaults = [coalescelist([], ["x"]), coalesce("", null, "y"), one([]), try(null.x, "z")]
}
resource "aws_ecr_repository" "main" {
  name                 = "${lower(local.named.org)}/${local.slug}"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration { scan_on_push = true }
  encryption_configuration { encryption_type = "KMS" }
}
resource "aws_ecr_lifecycle_policy" "main" {
  repository = aws_ecr_repository.main.name
  policy = jsonencode({ rules = [for index, keep in [10, 50] : {
    rulePriority = index + 1
    selection    = { tagStatus = index == 0 ? "untagged" : "any", countType = "imageCountMoreThan", countNumber = keep }
    action       = { type = "expire" }
  }] })
}
output "named" { value = local.named }
output "words" { value = local.words }
output "rest" { value = [local.padded, local.wrapped, local.numbers, local.trimmed, local.checks] }
output "more" { value = { chunks = local.chunks, matrix = local.matrix, sets = local.sets, time = local.time, date = local.date, hashes = local.hashes, defaults = local.defaults } }

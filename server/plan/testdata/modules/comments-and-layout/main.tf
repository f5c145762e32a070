# comment
// another
/* block
   comment */
resource aws_sqs_queue "unquoted" { name = "one-line" }
resource "aws_sqs_queue" "multi" {
  name = join("", [ # inside
    "a",
    # between
    "b", /* c */ "c",
  ])
  tags = {
    "quoted key" = 1,
    (join("-", ["computed", "key"])) = 2
    plain : "colon"
    each = "word"
  }
}
locals {
  long = (
    1 +
    2
  )
  obj = { a = 1, b = { c = [
    1,
    2
  ] } }
}
output "long" { value = local.long }
output "obj" { value = local.obj }

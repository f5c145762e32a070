owner = "second"
extra = {
  a = 1
  b = 2
}

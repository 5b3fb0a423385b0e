variable "GO" {
  default = "1.24"
}
group "default" {
  targets = ["app", "lib"]
}
target "_common" {
  args   = { GO = GO }
  attest = [{ type = "provenance", mode = "max" }, "type=sbom,disabled=false"]
}
target "app" {
  name     = "app-${tgt}-${replace(version, ".", "-")}"
  inherits = ["_common"]
  matrix = {
    tgt     = ["foo", "bar"]
    version = ["1.0", "2.0"]
  }
  target = tgt
  tags   = ["app:${tgt}-${version}"]
}
target "lib" {
  matrix = {
    item = [{ n = "x", p = "linux/amd64" }, { n = "y", p = "linux/arm64" }]
  }
  name      = "lib-${item.n}"
  platforms = [item.p]
  contexts  = { base = "target:app-foo-1-0" }
  entitlements = ["security.insecure"]
}

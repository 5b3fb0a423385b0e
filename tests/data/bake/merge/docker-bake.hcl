// comments of every kind
group "all" {
  targets = ["app", "db", "lit", "more"]
}
/* over
   lines */
variable "VERSION" {
  default = "1" # the later one counts
}
target "app" {
  cache-from = ["a:b", "c:d", "type=local,src=x"]
  labels     = { "org.x" = upper(VERSION == "1" ? "one" : "other") }
}
target "more" {
  inherits = ["app", "lit"]
  args = {
    for k in ["x", "y"] : k => "${k}!"
  }
  dockerfile-inline = <<-EOT
    FROM alpine
      RUN echo ${VERSION}
    EOT
}

target "app" {
  tags = []
}

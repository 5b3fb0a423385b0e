(from "alpine")
(copy "ab" "/c")
(env "name" "value" "=")

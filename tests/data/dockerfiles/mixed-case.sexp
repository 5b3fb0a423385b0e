(from "alpine")
(run "echo a")
(copy "a" "b")
(env "a" "b" "=")

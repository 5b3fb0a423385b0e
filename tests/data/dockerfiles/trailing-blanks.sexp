(from "alpine")
(run "a")
(copy "a" "b")

(from "alpine" "AS" "x")
(run "echo\ta")

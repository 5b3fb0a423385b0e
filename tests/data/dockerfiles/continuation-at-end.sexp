(from "alpine")
(run "a")

(from "alpine")
(run "a")
(run "b  c")
(run "d  e")

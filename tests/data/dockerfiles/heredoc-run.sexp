(from "alpine")
(run "<<EOF")
(run "echo done")

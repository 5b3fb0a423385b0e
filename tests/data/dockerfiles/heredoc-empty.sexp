(from "alpine")
(run "<<A <<B")

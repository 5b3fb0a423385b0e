(from "alpine")
(run "<<  EOF")
(run "b")

(from "alpine")
(run "<<-EOF")
(run "c")

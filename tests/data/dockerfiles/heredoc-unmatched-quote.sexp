(from "alpine")
(run "echo it's <<EOF")
(run "b")

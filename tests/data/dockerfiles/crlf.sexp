(from "alpine")
(run "a   b")
(copy "<<EOF" "/x")

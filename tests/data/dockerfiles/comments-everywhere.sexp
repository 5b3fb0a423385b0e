(from "alpine" "#" "no" "comment")
(run "a   b")

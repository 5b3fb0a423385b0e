(from "alpine" "RUN" "a" "RUN" "b")
(run "c")
(run "d")

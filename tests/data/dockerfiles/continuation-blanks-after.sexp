(from "alpine")
(run "a  b  c")

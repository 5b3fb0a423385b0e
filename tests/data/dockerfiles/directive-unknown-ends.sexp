(from "alpine")
(run "a  b")

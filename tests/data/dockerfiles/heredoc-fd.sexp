(from "alpine")
(run "3<<EOF cat <&3")

(from "alpine")
(run "a\x00b")
(env "x" "\x00" "=")

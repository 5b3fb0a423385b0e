(from "alpine")
(run "\x01\x02\v\f\x1b[0m\x7f")

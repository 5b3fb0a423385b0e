(from "alpine")
(user "<<EOF")
(eof "")
(env "a" "<<EOF" "=")

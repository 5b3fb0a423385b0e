(from "alpine")
(copy "<<EOF" "/x")

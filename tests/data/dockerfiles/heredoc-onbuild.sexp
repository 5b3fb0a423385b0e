(from "alpine")
(onbuild (run "<<EOF"))
(onbuild (copy "<<-A" "<<B" "/x"))

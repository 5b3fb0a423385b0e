(from "alpine")
(copy "<<one.txt" "<<two.txt" "/files/")
(run "ls /files")

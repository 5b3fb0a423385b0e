(from "alpine")
(copy "<<X" "<<Y" "/d")

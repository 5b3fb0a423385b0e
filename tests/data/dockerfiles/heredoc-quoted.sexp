(from "alpine")
(run "<<'EOF'")
(copy "<<\"a" "b\"" "/x")
(run "<<E\"O\"F")

(from "alpine")
(env "X" "\"a   b\"" "=" "Y" "'c\td'" "=")
(run "echo \"a   b\"   c")
(arg "Z=\"x y\"" "W")

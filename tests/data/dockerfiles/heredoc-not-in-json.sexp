(from "alpine")
(run "cat" "<<EOF")
(run "\"<<EOF\"")
(run "cat <<<EOF")

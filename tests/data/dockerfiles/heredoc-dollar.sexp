(from "alpine")
(run "<<$EOF")
(run "<<${EOF}")

(from "alpine")
(frm "")
(runn "")
(include "")

(from "alpine")
(﻿run "")

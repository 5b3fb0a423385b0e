(from "alpine")

(from "alpine")
(run ["--mount=type=cache,target=/x"] "<<EOF   sh")

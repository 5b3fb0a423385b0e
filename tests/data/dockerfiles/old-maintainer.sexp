(maintainer "me")
(from "scratch")

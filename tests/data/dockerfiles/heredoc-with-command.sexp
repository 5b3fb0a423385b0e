(from "python")
(run "python3 <<PY > /out && cat /out")

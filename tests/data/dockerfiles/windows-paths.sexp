(from "windows")
(copy "a\\b" "c:\\d")
(workdir "C:\\app")
(run "powershell -c \"x\" ;     y")

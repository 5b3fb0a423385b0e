(from "alpine")
(label "name" "\"Grüße, 世界 🚀\"" "=" "ключ" "значение" "=")
(run "echo \u2028 \u00a0 \u0085 x")
(run "echo 👩\u200d👩\u200d👧")

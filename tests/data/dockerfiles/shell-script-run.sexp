(from "debian")
(run "set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\tcurl \t; \trm -rf /var/lib/apt/lists/*; \tif [ \"$X\" = \"\\\\\" ]; then echo \"a  b\"; fi")

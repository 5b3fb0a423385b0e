FROM alpine
RUN --mount=type=cache,target=/x \
  <<EOF \
  sh
body
EOF

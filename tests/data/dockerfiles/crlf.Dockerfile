FROM alpine

RUN a \
  # c
  b
COPY <<EOF /x
hi
EOF

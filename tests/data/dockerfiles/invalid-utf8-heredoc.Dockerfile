FROM alpine
COPY <<EOF /x
ÿØÿ
EOF

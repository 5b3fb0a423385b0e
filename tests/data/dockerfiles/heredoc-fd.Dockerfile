FROM alpine
RUN 3<<EOF cat <&3
hi
EOF

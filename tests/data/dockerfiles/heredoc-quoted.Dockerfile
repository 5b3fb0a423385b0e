FROM alpine
RUN <<'EOF'
echo $HOME
EOF
COPY <<"a b" /x
body
a b
RUN <<E"O"F
x
EOF

FROM alpine
RUN <<$EOF
x
$EOF
RUN <<${EOF}
x
${EOF}

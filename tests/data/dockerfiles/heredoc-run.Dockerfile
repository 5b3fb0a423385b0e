FROM alpine
RUN <<EOF
set -e
echo "hi"
# not a Dockerfile comment
EOF
RUN echo done

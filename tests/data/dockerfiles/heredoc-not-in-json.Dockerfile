FROM alpine
RUN ["cat", "<<EOF"]
RUN "<<EOF"
RUN cat <<<EOF

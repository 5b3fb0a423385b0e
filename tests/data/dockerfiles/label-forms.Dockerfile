FROM alpine
LABEL maintainer="A B <a@b.c>" version=1.0
LABEL description="long \
text"
LABEL one two
LABEL "k k"="v v"

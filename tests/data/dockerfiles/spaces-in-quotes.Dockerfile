FROM alpine
ENV X="a   b" Y='c	d'
RUN echo "a   b"   c
ARG Z="x y" W

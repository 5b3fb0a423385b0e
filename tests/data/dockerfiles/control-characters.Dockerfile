FROM alpine
RUN [0m

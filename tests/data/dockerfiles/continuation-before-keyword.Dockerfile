\
FROM alpine
 \
 RUN a

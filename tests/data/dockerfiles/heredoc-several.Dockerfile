FROM alpine
COPY <<one.txt <<two.txt /files/
first
one.txt
second
two.txt
RUN ls /files

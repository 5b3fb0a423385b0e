FROM alpine
RUN <<A <<B
A
B

FROM alpine
COPY <<X <<Y /d
Y
X
X
Y

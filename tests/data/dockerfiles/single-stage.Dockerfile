FROM golang:alpine
WORKDIR /build
COPY . .
RUN go build -o hello ./hello.go
CMD ["./hello"]

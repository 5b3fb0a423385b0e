# syntax=docker/dockerfile:1
ARG GO_VERSION=1.24
ARG DISTROLESS=gcr.io/distroless/static-debian12:nonroot

# What every Go stage starts from
FROM golang:${GO_VERSION} AS base
WORKDIR /src
ENV CGO_ENABLED=0
RUN go env -w GOFLAGS=-trimpath

FROM base AS modules
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download

FROM modules AS test
COPY . .
RUN go vet ./...
RUN go test ./...

FROM modules AS builder
ARG VERSION=dev
COPY cmd ./cmd
COPY internal ./internal
RUN --mount=type=cache,target=/root/.cache/go-build go build -ldflags="-s -w -X main.Version=$VERSION" -o /out/market ./cmd/market
RUN go build -ldflags="-s -w" -o /out/migrate ./cmd/migrate
RUN ls -l /out
RUN sha256sum /out/market > /out/market.sha256
RUN echo done

FROM node:22-alpine AS web
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci
COPY web ./
RUN npm run build

FROM alpine:3.21 AS certs
RUN apk add --no-cache ca-certificates tzdata

FROM alpine:3.21 AS debug
RUN --mount=type=bind,from=builder,source=/out,target=/mnt cp /mnt/market /usr/local/bin/
ENTRYPOINT ["/usr/local/bin/market"]

FROM scratch AS final
COPY --from=certs /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=certs /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=builder /out/market /market
COPY --from=web /web/dist /static
USER 65532
EXPOSE 8080
ENTRYPOINT ["/market"]

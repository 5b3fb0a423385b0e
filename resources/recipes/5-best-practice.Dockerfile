# Compiles on the machine's own platform, for whatever platform is asked for.
FROM --platform=$BUILDPLATFORM golang:1.24-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0

# Modules are a step of their own: it runs again only when go.mod changes. What was downloaded before is kept in a
# cache mount, and go.mod is mounted instead of copied. A module with requirements mounts its go.sum as well.
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=bind,source=go.mod,target=/src/go.mod \
    go mod download

# The sources are mounted too: no layer holds them. Packages compiled before come from the second cache.
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    --mount=type=bind,target=/src \
    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/hello .

# Nothing but the program, and no root user.
FROM scratch AS final
COPY --from=build /out/hello /usr/local/bin/hello
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/hello"]

# syntax=docker/dockerfile:1

# The builder has gcc, make and certificates. The binary that it builds needs none of them.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=
ARG COMMIT=
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    make static VERSION="$VERSION" COMMIT="$COMMIT"
# The empty image cannot make these itself: a user without rights and a folder of that user.
RUN mkdir -p /root-fs/etc /root-fs/data \
    && echo 'nonroot:x:65532:65532::/data:/sbin/nologin' >/root-fs/etc/passwd \
    && echo 'nonroot:x:65532:' >/root-fs/etc/group \
    && chown 65532:65532 /root-fs/data && chmod 0700 /root-fs/data

FROM scratch
ARG VERSION=
ARG COMMIT=
LABEL org.opencontainers.image.title="Ostrakon" \
      org.opencontainers.image.description="Anonymous reports and group verdicts for Telegram" \
      org.opencontainers.image.source="https://github.com/ostrakon-bot/ostrakon" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$COMMIT"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /root-fs/ /
COPY --from=build /src/dist/ostrakon /ostrakon

# .ci/run reads these lines and runs the binary with them in an empty chroot.
ENV OSTRAKON_STORAGE_DSN=sqlite:/data/ostrakon.db
ENV OSTRAKON_PRIVACY_KEY_FILE=/data/ostrakon.key
# Other containers can read the metrics. Nobody else can, unless you publish the port.
ENV OSTRAKON_HTTP_LISTEN=:9090
# There is no /tmp here.
ENV TMPDIR=/data

WORKDIR /data
VOLUME /data
EXPOSE 9090
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/ostrakon", "healthcheck"]
ENTRYPOINT ["/ostrakon"]

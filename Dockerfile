# syntax=docker/dockerfile:1

# The builder has gcc, make and certificates. The binary that it builds needs none of them. For another processor it is built here too,
# and not under emulation, which would take an hour.
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
ARG TARGETARCH
RUN case "$(dpkg --print-architecture) to ${TARGETARCH:-itself}" in \
      "amd64 to arm64") packages="gcc-aarch64-linux-gnu libc6-dev-arm64-cross" ;; \
      "arm64 to amd64") packages="gcc-x86-64-linux-gnu libc6-dev-amd64-cross" ;; \
      *) exit 0 ;; \
    esac \
    && apt-get update && apt-get install -y --no-install-recommends $packages && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=
ARG COMMIT=
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    make static VERSION="$VERSION" COMMIT="$COMMIT" ${TARGETARCH:+ARCH=$TARGETARCH}
# The empty image cannot make these itself: a user without rights, and folders of that user. A new volume gets its owner from them.
RUN mkdir -p /root-fs/etc /root-fs/data /root-fs/key /root-fs/backup \
    && echo 'nonroot:x:65532:65532::/data:/sbin/nologin' >/root-fs/etc/passwd \
    && echo 'nonroot:x:65532:' >/root-fs/etc/group \
    && for folder in data key backup; do \
         chown 65532:65532 /root-fs/$folder && chmod 0700 /root-fs/$folder; done

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
ENV OSTRAKON_PRIVACY_KEY_FILE=/key/ostrakon.key
# Other containers can read the metrics. Nobody else can, unless you publish the port.
ENV OSTRAKON_HTTP_LISTEN=:9090
# There is no /tmp here.
ENV TMPDIR=/data

WORKDIR /data
# The key has a volume of its own, since it must be kept apart from the database. Give both a name: -v ostrakon:/data -v ostrakon-key:/key
VOLUME /data
VOLUME /key
EXPOSE 9090
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/ostrakon", "healthcheck"]
ENTRYPOINT ["/ostrakon"]

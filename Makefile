# The commands for working on Ostrakon. CI calls the same ones (.ci/run).
SHELL   := bash
MODULE  := github.com/ostrakon-bot/ostrakon
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)
TIMES   ?= 10
BUSY    ?= ./...
COMMIT  ?= $(shell git rev-parse HEAD 2>/dev/null)

TAGS    := osusergo,netgo,sqlite_omit_load_extension,timetzdata
LDFLAGS := -s -w -linkmode external -extldflags -static \
	-X $(MODULE)/internal/version.version=$(VERSION) -X $(MODULE)/internal/version.commit=$(COMMIT)
# The processor to build for: amd64 or arm64. For another than this one its gcc is needed: apt-get install gcc-aarch64-linux-gnu
# libc6-dev-arm64-cross (on arm64: gcc-x86-64-linux-gnu libc6-dev-amd64-cross).
HOST     := $(shell go env GOHOSTARCH)
ARCH     ?= $(HOST)
CC_amd64 := x86_64-linux-gnu-gcc
CC_arm64 := aarch64-linux-gnu-gcc
CROSS    := $(if $(filter-out $(HOST),$(ARCH)),CC=$(CC_$(ARCH)))
OUT      ?= dist/ostrakon

# Pinned, so that the tools give the same answer tomorrow.
LINT       := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
COMPOSE    := go run github.com/compose-spec/compose-go/v2/cmd@v2.16.2
ACTIONLINT := go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
SBOM       := go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

.PHONY: help run demo test busy lint files bench nightly static release image ci

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: ## start the bot (config.yaml, or OSTRAKON_TELEGRAM_TOKEN)
	go run .

demo: ## play a short scene against a simulated Telegram, without a token
	go run . demo

test: ## run all tests with the race detector
	go test -race ./...

busy: ## run all tests ten times (TIMES), at the lowest priority and beside two busy loops
	@go test -run '^$$' $(BUSY) >/dev/null # build them before the machine is busy
	@trap 'kill $$(jobs -p)' EXIT; for i in 1 2; do sh -c 'while :; do :; done' & done; \
	for i in $$(seq $(TIMES)); do echo "run $$i of $(TIMES)"; nice -n 19 go test -count=1 -timeout 90m $(BUSY) || exit 1; done

lint: ## run the linters of .golangci.yml
	$(LINT) run ./...

files: ## check the files of deploy/ and .github/ as Docker Compose and GitHub read them
	$(COMPOSE) -no-interpolation deploy/compose.sqlite.yaml >/dev/null
	$(COMPOSE) -no-interpolation deploy/compose.yaml >/dev/null
	$(ACTIONLINT)

bench: ## measure the whole program under load (half an hour), then its parts
	go run ./bench
	go test -run '^$$' -bench . -benchmem ./...

nightly: ## run ten minutes of chaos on SQLite, and on PostgreSQL with three replicas
	OSTRAKON_CHAOS=10m go test -timeout 60m -run '^TestChaos' -v ./internal/e2e

static: ## build the binary of the image: dist/ostrakon, which needs no library
	CGO_ENABLED=1 GOARCH=$(ARCH) $(CROSS) go build -trimpath -buildvcs=false -tags $(TAGS) -ldflags '$(LDFLAGS)' -o $(OUT) .

release: ## build the binaries of a release in dist/release, with their parts lists and checksums
	rm -rf dist/release
	$(MAKE) static ARCH=amd64 OUT=dist/release/ostrakon-linux-amd64
	$(MAKE) static ARCH=arm64 OUT=dist/release/ostrakon-linux-arm64
	for binary in ostrakon-linux-amd64 ostrakon-linux-arm64; do \
		$(SBOM) bin -json -version "$(VERSION)" -output dist/release/$$binary.cdx.json dist/release/$$binary || exit 1; done
	cd dist/release && sha256sum ostrakon-* >SHA256SUMS

image: ## build the container image
	docker build --build-arg VERSION=$(VERSION) --build-arg COMMIT=$(COMMIT) -t ostrakon .

ci: ## run everything that must pass before a push
	.ci/run

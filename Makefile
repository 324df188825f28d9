# Everything a person or CI does with this project. "make" alone explains.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

BIN := bin
# The oldest major version of Node the pages are built with.
NODE := 20
ARGS ?=
PACKAGES ?= ./...
SERVICES := go run ./config/embedded/testservices
export PATH := $(CURDIR)/$(BIN):$(PATH)

# need(program, packages): install Debian packages when the program is missing
# and nobody has to be asked, else say the exact command and stop.
define need
	@command -v $(1) >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $(2) (about a minute, once) …"; \
	    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(2) >/dev/null; \
	  else \
	    echo "$(1) is not installed: sudo apt-get install -y $(2)" >&2; exit 1; \
	  fi; }
endef

##@ Every day

.PHONY: help
help: ## Show this help
	@awk 'BEGIN {FS = ":.*## "} \
	  /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\nARGS="…" is passed on to run, bench and chaos; PACKAGES="./civic/..." narrows the tests.\n'

.PHONY: run
run: setup build ## Start everything on this machine and print the address (Ctrl-C stops, the data stays)
	@exec $(BIN)/lizheng run $(ARGS)

.PHONY: build
build: web ## Build bin/lizheng
	@echo "Building $(BIN)/lizheng …"
	@go build -trimpath -o $(BIN)/lizheng ./cmd/lizheng

.PHONY: setup
setup: ## Install and build what is missing: PostgreSQL, the Temporal server (3 to 8 minutes, once)
	@$(SERVICES) -prepare

##@ Tests and checks

.PHONY: test
test: setup checks ## Everything CI runs, on private services, the pages in a real browser too
	$(call need,curl,curl)
	$(call need,jq,jq)
	@$(SERVICES) -- go test -shuffle=on -timeout=30m $(PACKAGES)
	@if [ "$(PACKAGES)" = ./... ]; then $(MAKE) test-web; fi

.PHONY: test-web
test-web: setup build ## The pages in a real browser, against the real binary
	$(call need,chromium,chromium fonts-noto-cjk)
	@if [ -f web/dist/index.html ]; then cd web && npm run --silent test && npm run --silent e2e; \
	else echo "The pages were not built, so they are not tested." >&2; fi

.PHONY: test-quick
test-quick: ## Only the tests that need no services, and no checks
	@go test -short -shuffle=on ./civic/... ./policies/...

.PHONY: test-race
test-race: setup ## The tests again under the race detector (PACKAGES narrows them)
	$(call need,gcc,gcc libc6-dev)
	@CGO_ENABLED=1 $(SERVICES) -- go test -race -shuffle=on -timeout=60m $(PACKAGES)

.PHONY: checks
checks: $(BIN)/workflowcheck
	@unformatted=$$(find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -l); \
	  if [ -n "$$unformatted" ]; then printf 'not formatted, run gofmt -w:\n%s\n' "$$unformatted" >&2; exit 1; fi
	@go vet $(PACKAGES)
	@if [ -d workflows ]; then $(BIN)/workflowcheck ./workflows/...; fi

.PHONY: lint
lint: $(BIN)/golangci-lint ## The long list of checks
	@$(BIN)/golangci-lint run $(PACKAGES)

.PHONY: bench
bench: setup build ## Measure against bare Temporal and bare SQL, side by side
	@$(BIN)/lizheng bench $(ARGS)

.PHONY: chaos
chaos: setup build ## Kill everything at random and prove that nothing is lost or doubled
	@$(BIN)/lizheng chaos $(ARGS)

##@ Generated and built parts

.PHONY: generate
generate: $(BIN)/sqlc $(BIN)/oapi-codegen ## Write the generated code again
	@if [ -f postgres/sqlc.yaml ]; then cd postgres && sqlc generate; fi
	@go generate ./...
	@go test ./cmd/lizheng -run TestProceduresDocument -update >/dev/null

.PHONY: tools
tools: $(BIN)/sqlc $(BIN)/oapi-codegen $(BIN)/golangci-lint $(BIN)/workflowcheck ## Build every tool

.PHONY: web
ifneq ($(wildcard web/package.json),)
web: ## Build the browser application into web/dist
	@if ! command -v npm >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing nodejs and npm for the pages (a few minutes, once) …"; \
	  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends nodejs npm; } >/dev/null || true; \
	fi
	@if command -v npm >/dev/null && [ "$$(node -p 'process.versions.node.split(".")[0]')" -ge $(NODE) ]; then \
	  $(MAKE) -s web/dist/index.html; \
	else \
	  echo "The pages are left out: they need npm and Node $(NODE) or newer. Install those, then \"make web\"." >&2; \
	fi
else
web:
endif

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "Fetching the web application's packages (about half a minute) …"
	@mkdir -p web/node_modules && cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@echo "Building the web application …"
	@cd web && npm run build --silent
	@touch $@

.PHONY: clean
clean: ## Remove what was built here (data and the cached Temporal server stay)
	@rm -rf $(BIN) web/node_modules coverage
	@if [ -d web/dist ]; then find web/dist -mindepth 1 ! -name .gitkeep -delete; fi

# The build tools, pinned by tools/go.mod.
tool = @echo "Building $(notdir $@) ($(2), once) …"; go build -C tools -trimpath -buildvcs=false -o ../$(BIN)/ $(1)

$(BIN)/sqlc: tools/go.mod tools/go.sum
	$(call need,gcc,gcc libc6-dev)
	$(call tool,github.com/sqlc-dev/sqlc/cmd/sqlc,1 to 2 minutes)

$(BIN)/oapi-codegen: tools/go.mod tools/go.sum
	$(call tool,github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen,half a minute)

$(BIN)/golangci-lint: tools/go.mod tools/go.sum
	$(call tool,github.com/golangci/golangci-lint/v2/cmd/golangci-lint,1 to 2 minutes)

$(BIN)/workflowcheck: tools/go.mod tools/go.sum
	$(call tool,go.temporal.io/sdk/contrib/tools/workflowcheck,half a minute)

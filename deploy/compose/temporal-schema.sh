#!/bin/sh
# Bring both of Temporal's databases up to the version of this image. Both
# steps look first and do only what is missing.
set -eu
upgrade() {
  tool="temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database $1"
  $tool setup-schema --version 0.0
  $tool update-schema --schema-name "$2"
}
upgrade temporal postgresql/v12/temporal
upgrade temporal_visibility postgresql/v12/visibility

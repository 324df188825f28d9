#!/bin/sh
# Make the namespace of the procedures where it is missing. Finished histories
# stay 90 days; the record of the city is in PostgreSQL.
set -eu
tries=0
until temporal operator cluster health --address "$TEMPORAL_ADDRESS"; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || exit 1
  sleep 2
done
temporal operator namespace describe --namespace lizheng --address "$TEMPORAL_ADDRESS" ||
  temporal operator namespace create --namespace lizheng --retention 90d --address "$TEMPORAL_ADDRESS"

#!/bin/sh
# Run once by the PostgreSQL image, on an empty cluster: one role and one
# database for each part, and nobody enters another's.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" --set temporal="$TEMPORAL_PASSWORD" <<'SQL'
CREATE ROLE lizheng_owner LOGIN PASSWORD :'owner';
CREATE ROLE lizheng_app LOGIN PASSWORD :'app';
CREATE ROLE temporal LOGIN PASSWORD :'temporal';
CREATE DATABASE lizheng OWNER lizheng_owner;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT, TEMPORARY ON DATABASE lizheng, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE lizheng TO lizheng_app;
SQL

#!/bin/sh
# Each service has its own database and its own role, which may enter no other.
set -eu
for service in issuer wallet verifier; do
  password=$(printenv "$(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')_DATABASE_PASSWORD")
  psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=service="$service" --set=password="$password" <<'SQL'
create role :"service" login nosuperuser nocreatedb nocreaterole password :'password';
create database :"service" owner :"service";
revoke all on database :"service" from public;
SQL
done

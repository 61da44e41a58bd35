#!/usr/bin/env bash
# Proves the containers: builds the three images, starts the compose file on free ports, looks at what
# hardening promises, and runs the main job against it. Needs a container engine, and `npm ci`-like
# installation done once (`npm start -- --once` does it). Leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."

export COMPOSE_PROJECT_NAME=mikromerit-proof
export ISSUER_PORT=${ISSUER_PORT:-3101} WALLET_PORT=${WALLET_PORT:-3102} VERIFIER_PORT=${VERIFIER_PORT:-3103}
# An engine that cannot give the build a network of its own may use the host's: BUILD_NETWORK=host.
build_network=${BUILD_NETWORK:-default}
compose() { if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi; }
say() { printf '\n== %s\n' "$*"; }

work=$(mktemp -d)
finish() { compose logs --no-color >"$work/compose.log" 2>&1 || true
  if [ "${1:-1}" != 0 ]; then tail -n 60 "$work/compose.log"; fi
  compose down --volumes --timeout 10 >/dev/null 2>&1 || true; rm -rf "$work"; }
trap 'status=$?; finish $status; exit $status' EXIT

say "build"
for service in issuer wallet verifier; do
  docker build --quiet --network "$build_network" --file docker/Dockerfile \
    --build-arg SERVICE=$service --tag mikromerit/$service . >/dev/null
done
base=$(docker image inspect --format '{{.Size}}' node:26-bookworm-slim)
for service in issuer wallet verifier; do
  size=$(docker image inspect --format '{{.Size}}' mikromerit/$service)
  printf '%-9s %4d MB, %d MB above its base\n' $service $((size / 1000000)) $(((size - base) / 1000000))
  [ $((size - base)) -lt 250000000 ] || { echo "too large"; exit 1; }
done

say "start"
compose up --detach --no-build >/dev/null 2>&1
for service in postgres issuer wallet verifier; do
  container=$(compose ps -q $service)
  for _ in $(seq 120); do
    health=$(docker inspect --format '{{.State.Health.Status}}' "$container")
    [ "$health" = healthy ] && break
    sleep 0.5
  done
  printf '%-9s %s\n' $service "$health"
  [ "$health" = healthy ] || exit 1
done

say "hardening"
for service in issuer wallet verifier; do
  container=$(compose ps -q $service)
  user=$(docker exec "$container" node --print 'process.getuid()')
  [ "$user" != 0 ] || { echo "$service runs as root"; exit 1; }
  if docker exec "$container" node --eval 'require("fs").writeFileSync("/app/probe", "")' 2>/dev/null; then
    echo "$service can write to its root file system"; exit 1
  fi
  echo "$service: user $user, read-only root file system"
done
if docker exec "$(compose ps -q postgres)" \
  psql --quiet "postgres://wallet:${WALLET_DATABASE_PASSWORD:-change-me}@127.0.0.1/issuer" --command 'select 1' >/dev/null 2>&1; then
  echo "the wallet's role can enter the issuer's database"; exit 1
fi
echo "databases: the wallet's role cannot enter the issuer's"

say "main job"
docker cp "$(compose ps -q issuer):/data/development" "$work/development" >/dev/null
DATA_DIR=$work ISSUER_URL=http://localhost:$ISSUER_PORT WALLET_URL=http://localhost:$WALLET_PORT \
  VERIFIER_URL=http://localhost:$VERIFIER_PORT node_modules/.bin/mikromerit demo

say "restart"
compose restart issuer wallet verifier >/dev/null 2>&1
for service in issuer wallet verifier; do
  container=$(compose ps -q $service)
  for _ in $(seq 120); do
    [ "$(docker inspect --format '{{.State.Health.Status}}' "$container")" = healthy ] && break
    sleep 0.5
  done
done
DATA_DIR=$work ISSUER_URL=http://localhost:$ISSUER_PORT WALLET_URL=http://localhost:$WALLET_PORT \
  VERIFIER_URL=http://localhost:$VERIFIER_PORT node_modules/.bin/mikromerit demo >/dev/null
echo "the main job works again on the same data"
say "proved"

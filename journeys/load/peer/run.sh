#!/usr/bin/env bash
# Measures Tarn against the FastAPI service beside this file, in turns. README.md says how.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
tarn="$(cd "${1:-$here/../../..}" && pwd)"

SQL_PORT=5498
PEER=http://127.0.0.1:8500
TARN=http://127.0.0.1:8490
PG=/usr/lib/postgresql/15/bin

install_missing() {
  local package missing=()
  for package in python3-fastapi uvicorn python3-sqlalchemy python3-asyncpg python3-uvloop python3-httptools \
    wrk postgresql-15 jq curl; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  if ((${#missing[@]})); then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

end() {
  local started
  for started in "${started_programs[@]}"; do
    kill "$started" 2>/dev/null || true
  done
  sleep 2
  [[ ! -d $work/pg ]] || as_postgres "$PG/pg_ctl -D $work/pg stop -m fast -s" || true
  rm -rf "$work"
}

as_postgres() { su postgres -c "$1"; }

sql() { psql -q -h 127.0.0.1 -p $SQL_PORT -U postgres "$@"; }

start_postgres() {
  mkdir "$work/pg"
  chown postgres "$work/pg"
  as_postgres "$PG/initdb -D $work/pg -A trust >/dev/null"
  as_postgres "$PG/pg_ctl -D $work/pg -o '-p $SQL_PORT -k /tmp -c shared_buffers=128MB' -l $work/pg/log -w start" >/dev/null
  sql -c "create role bench login password 'bench'" -c 'create database bench owner bench' postgres
  sql bench <<'SQL'
create table task (id uuid primary key, project_id uuid, title text, description text, status text,
  priority smallint, due timestamptz, created_at timestamptz);
insert into task
  select gen_random_uuid(), ('00000000-0000-0000-0000-0000000000' || lpad((n % 50)::text, 2, '0'))::uuid,
    'Task number ' || n, 'A description of some length for this task, as people write them.', 'open', 0, now(),
    now() - n * interval '1 s'
  from generate_series(1, 50000) n;
create index on task (project_id, created_at, id);
grant all on task to bench;
analyze task;
SQL
}

start_peer() {
  (
    cd "$here"
    PEER_DB="postgresql+asyncpg://bench:bench@127.0.0.1:$SQL_PORT/bench" exec /usr/bin/python3 -B -m uvicorn app:app \
      --port 8500 --workers 2 --loop uvloop --http httptools --no-access-log --log-level warning
  ) >"$work/peer.log" 2>&1 &
  started_programs+=($!)
}

start_tarn() {
  (
    cd "$tarn"
    TARN_HOME="$work/tarn" TARN_PORT=8490 TARN_RATE_LIMIT=1000000 exec ./tarn up
  ) >"$work/tarn.log" 2>&1 &
  started_programs+=($!)
  for _ in $(seq 6000); do
    ! curl -fs -o /dev/null -m 2 $TARN/health || return 0
    sleep 0.1
  done
}

# Asks Tarn with a JSON body.
ask() { curl -fs -H 'content-type: application/json' "$@"; }

seed_tarn() {
  local project
  ask $TARN/api/users -d '{"name":"Ada","email":"ada@example.org","password":"slate and larch above the hut"}' >/dev/null
  ask -c "$work/jar" $TARN/api/sessions \
    -d '{"email":"ada@example.org","password":"slate and larch above the hut"}' >/dev/null
  token=$(ask -b "$work/jar" -H "Origin: $TARN" $TARN/api/tokens \
    -d '{"name":"bench","scopes":["tasks:read","tasks:write"]}' | jq -r .secret)
  project=$(ask -H "authorization: Bearer $token" $TARN/api/projects -d '{"name":"Bench"}' | jq -r .id)
  for i in $(seq 1000); do
    printf '{"projectId":"%s","title":"Task number %s","description":"%s"}\n' "$project" "$i" \
      'A description of some length for this task, as people write them.'
  done | xargs -d '\n' -P 4 -I{} curl -fs -H 'content-type: application/json' -H "authorization: Bearer $token" \
    $TARN/api/tasks -d '{}' -o "$work/last"
  task=$(ask -H "authorization: Bearer $token" "$TARN/api/tasks?project=$project&limit=1" | jq -r '.items[0].id')
  printf 'wrk.headers["Authorization"]="Bearer %s"\n' "$token" >"$work/auth.lua"
  tarn_read=(-s "$work/auth.lua" "$TARN/api/tasks/$task")
  tarn_list=(-s "$work/auth.lua" "$TARN/api/tasks?project=$project&limit=20")
}

# Requests per second; any answer but 2xx ends the run.
rate() {
  local report
  report=$(wrk -t1 -c32 -d"$1"s "${@:2}")
  if grep -q Non-2xx <<<"$report"; then
    echo "Refused answers: $2" >&2
    exit 1
  fi
  awk '/Requests\/sec/{print $2}' <<<"$report"
}

# The first seconds after another kind of load do not count.
turn() {
  rate 3 "$@" >/dev/null
  rate 6 "$@"
}

ratio() { awk "BEGIN { print $1 / $2 }"; }
median() { sort -n "$1" | sed -n 2p; }

install_missing
work="$(mktemp -d)"
chmod 755 "$work"
started_programs=()
trap end EXIT
start_postgres
start_peer
start_tarn
seed_tarn
peer_read=("$PEER/api/tasks/$(sql -At bench -c 'select id from task limit 1')")
peer_list=("$PEER/api/tasks?project=00000000-0000-0000-0000-000000000001&limit=20")

rate 40 "${tarn_read[@]}" >/dev/null
rate 25 "${tarn_list[@]}" >/dev/null
rate 4 "${peer_read[@]}" >/dev/null
for number in 1 2 3; do
  read_tarn=$(turn "${tarn_read[@]}")
  read_peer=$(turn "${peer_read[@]}")
  list_tarn=$(turn "${tarn_list[@]}")
  list_peer=$(turn "${peer_list[@]}")
  echo "turn $number: reads $read_tarn against $read_peer, lists of 20 $list_tarn against $list_peer a second"
  ratio "$read_tarn" "$read_peer" >>"$work/reads"
  ratio "$list_tarn" "$list_peer" >>"$work/lists"
done
echo "Reads $(median "$work/reads") times, lists of 20 $(median "$work/lists") times (medians of three turns)"

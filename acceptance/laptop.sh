#!/usr/bin/env bash
# What a user sees of `narthex up`, `status`, `why` and `demo`, asserted from outside: a line a step. Needs curl and python3.
# All steps are run; the exit code is 1 if any failed. LAPTOP_START_LIMIT: seconds that `up` may take once built (default 5).
set -uo pipefail
acceptance=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
narthex=$acceptance/../narthex
limit=${LAPTOP_START_LIMIT:-5}
mkdir -p "$acceptance/.work"
run=$(mktemp -d "$acceptance/.work/laptop.XXXXXX")
data=$run/data
failed=0
pid=

trap '[ -z "$pid" ] || kill -9 "$pid" 2> /dev/null' EXIT

ok() { printf 'ok    %s\n' "$*"; }
fail() { printf 'fail  %s\n' "$*"; failed=$((failed + 1)); }
# check TEXT COMMAND…: the command must succeed; what it printed is shown if not.
check() {
    local text=$1 output
    shift
    if output=$("$@" 2>&1); then ok "$text"; else fail "$text: $(printf '%s' "$output" | tail -n 3 | tr '\n' ' ')"; fi
}
# is TEXT EXPECTED ACTUAL
is() { if [ "$2" = "$3" ]; then ok "$1"; else fail "$1: expected '$2', got '$3'"; fi; }
# has TEXT PATTERN ACTUAL
has() { if grep -qE -- "$2" <<< "$3"; then ok "$1"; else fail "$1: nothing like '$2' in '$(head -c 300 <<< "$3")'"; fi; }
now() { date +%s.%N; }
field() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
code() { curl -s --path-as-is -m 30 -o /dev/null -w '%{http_code}' "$@"; }
free_ports() {
    python3 -c '
import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))'
}

# start LOG OPTION…: sets pid and took.
start() {
    local log=$1 began
    shift
    rm -f "$data/narthex.env"
    began=$(now)
    "$narthex" up --data "$data" --s3-port "$s3_port" --http-port "$http_port" "$@" > "$log" 2>&1 < /dev/null &
    pid=$!
    until [ -s "$data/narthex.env" ]; do
        kill -0 "$pid" 2> /dev/null || { fail "narthex up ended by itself: $(tail -n 3 "$log")"; exit 1; }
        sleep 0.02
    done
    took=$(python3 -c 'import sys; print("%.1f" % (float(sys.argv[2]) - float(sys.argv[1])))' "$began" "$(now)")
    # What it costs whatever else runs: user and system time, in hundredths of a second.
    cpu=$(awk '{ printf "%.1f", ($14 + $15) / 100 }' "/proc/$pid/stat" 2> /dev/null)
}

# stop: SIGTERM; the exit code must be 0.
stop() {
    local began=$SECONDS status=0
    kill -TERM "$pid"
    wait "$pid" || status=$?
    pid=
    is "SIGTERM stops it with exit code 0" 0 "$status"
    if [ $((SECONDS - began)) -le 10 ]; then ok "within $((SECONDS - began)) s"; else fail "only after $((SECONDS - began)) s"; fi
}

# refused TEXT PATTERN COMMAND…: must end by itself with 2 and say why in one line, without a stack trace.
refused() {
    local text=$1 pattern=$2 output status=0
    shift 2
    output=$(timeout 60 "$@" 2>&1 < /dev/null) || status=$?
    is "$text: exit code" 2 "$status"
    has "$text: says why" "$pattern" "$output"
    if grep -q $'^\tat ' <<< "$output"; then fail "$text: a stack trace: $(head -n 1 <<< "$output")"; else ok "$text: no stack trace"; fi
}

read -r s3_port http_port <<< "$(free_ports)"
"$narthex" --version > /dev/null 2>&1 || "$narthex" --help > /dev/null # builds, if that was not done
refused "status with nothing running" "narthex up" "$narthex" status --data "$run/nothing"

# The first start writes the archive of classes when it ends; what a user sees from then on is the second.
start "$run/first.log"
stop
start "$run/up.log"
if python3 -c 'import sys; sys.exit(float(sys.argv[1]) >= float(sys.argv[2]))' "$took" "$limit"; then
    ok "up in $took s, $cpu s of CPU"
else
    fail "up in $took s ($cpu s of CPU, load $(cut -d" " -f1 /proc/loadavg)), expected under $limit s"
fi

is "narthex.env is for its owner only" 600 "$(stat -c %a "$data/narthex.env")"
is "signing-key.sec is for its owner only" 600 "$(stat -c %a "$data/signing-key.sec")"
for name in AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION NARTHEX_S3 NARTHEX_URL NARTHEX_BUCKET; do
    has "narthex.env says $name" "^(export )?$name=.+" "$(cat "$data/narthex.env")"
done
set -a && . "$data/narthex.env" && set +a
is "the ports are the ones asked for" "http://127.0.0.1:$s3_port http://127.0.0.1:$http_port" "$NARTHEX_S3 $NARTHEX_URL"
is "the bucket has its name" example-nix-cache "$NARTHEX_BUCKET"
sleep 1
for command in "nix copy --to 's3://example-nix-cache\?endpoint=$NARTHEX_S3&region=us-east-1&profile=[^']*&secret-key=" \
    "aws s3 sync .*--exclude nix-cache-info" "nix copy --from $NARTHEX_URL"; do
    has "up prints $command" "$command" "$(cat "$run/up.log")"
done
is "nix-cache-info" "StoreDir: /nix/store WantMassQuery: 1 Priority: 41 " "$(curl -s "$NARTHEX_URL/nix-cache-info" | tr '\n' ' ')"

check "demo" "$narthex" demo --data "$data"
check "status --wait" "$narthex" status --data "$data" --wait=60
status=$("$narthex" status --data "$data" --json)
is "status: verified" 3 "$(field verified <<< "$status")"
is "status: waiting" 0 "$(field waiting <<< "$status")"
is "status: in flight, dead letters" "0 0" "$(field inFlight <<< "$status") $(field deadLetters <<< "$status")"
has "status as text" "^verified +3$" "$("$narthex" status --data "$data")"

has "an outcome line for what was verified" '^verified +demo-message-1.0  [0-9.]+ [KM]?B  [0-9]+ ms$' "$(cat "$run/up.log")"
has "an outcome line for what waits" '^waiting +demo-greeting-1.0  .*demo-message-1.0' "$(cat "$run/up.log")"
has "an outcome line for what was rejected" '^rejected +demo-payroll-1.0  .*sha256:.*sha256:' "$(cat "$run/up.log")"
if grep -q $'\033' "$run/up.log"; then fail "escape codes in a pipe"; else ok "no escape codes in a pipe"; fi

# Of the demonstration's paths, by their lines in its bucket.
message=$(find "$data/s3/objects/$NARTHEX_BUCKET" -name '*.narinfo' -exec grep -lE '^StorePath: .*-demo-message-1.0$' {} + | head -n 1)
message=$(basename -s .narinfo "$message")
payroll=$(find "$data/s3/objects/$NARTHEX_BUCKET" -name '*.narinfo' -exec grep -lE '^StorePath: .*-demo-payroll-1.0$' {} + | head -n 1)
payroll=$(basename -s .narinfo "$payroll")
why=$("$narthex" why --data "$data" "$message")
has "why: the verdict and the path" "^verified +/nix/store/$message-demo-message-1.0" "$why"
for name in signatures nar-hash file-hash archive closure; do has "why: $name" "^ +$name +passed" "$why"; done
is "why by store path says the same" "$why" "$("$narthex" why --data "$data" "/nix/store/$message-demo-message-1.0")"
is "why --json" verified "$("$narthex" why --data "$data" "$message" --json | field verdict)"
has "why: what was withdrawn" "^withdrawn .*" "$("$narthex" why --data "$data" "$payroll")"
refused "why of an unknown hash" "no report on" "$narthex" why --data "$data" 00000000000000000000000000000000
refused "why of no hash at all" "not a store path" "$narthex" why --data "$data" nonsense

info=$NARTHEX_URL/$message.narinfo
text=$(curl -s "$info")
has "GET of a narinfo" "^StorePath: /nix/store/$message-" "$text"
is "HEAD of a narinfo" "200 ${#text}" \
    "$(curl -sI "$info" | tr -d '\r' | awk 'NR == 1 { s = $2 } tolower($1) == "content-length:" { l = $2 } END { print s, l - 1 }')"
has "its type" "text/x-nix-narinfo" "$(curl -sI "$info")"
is "Range on a narinfo is 200 whole or 206" yes "$(code -H 'Range: bytes=0-3' "$info" | sed 's/^20[06]$/yes/')"
url=$(sed -n 's/^URL: //p' <<< "$text")
size=$(sed -n 's/^FileSize: //p' <<< "$text")
has "GET of a NAR redirects" "^30[27]$" "$(code "$NARTHEX_URL/$url")"
is "the redirect leads to the NAR" "200 $size" "$(curl -sL -o "$run/nar" -w '%{http_code} %{size_download}' "$NARTHEX_URL/$url")"
is "its bytes hash to its FileHash" "$(sed -n 's/^FileHash: sha256://p' <<< "$text")" "$(python3 - "$run/nar" <<'PY'
import hashlib, sys
bits = int.from_bytes(hashlib.sha256(open(sys.argv[1], "rb").read()).digest(), "little")
print("".join("0123456789abcdfghijklmnpqrsvwxyz"[bits >> 5 * i & 31] for i in reversed(range(52))))
PY
)"
is "HEAD of a NAR" 200 "$(code -IL "$NARTHEX_URL/$url")"
is "a range of a NAR" "206 8" "$(curl -sL -H 'Range: bytes=0-7' -o /dev/null -w '%{http_code} %{size_download}' "$NARTHEX_URL/$url")"
is "the listing" 1 "$(curl -s --compressed "$NARTHEX_URL/$message.ls" | field version)"
is "the report" verified "$(curl -s "$NARTHEX_URL/api/v1/paths/$message" | field verdict)"
is "the report by base name" 200 "$(code "$NARTHEX_URL/api/v1/paths/$message-demo-message-1.0")"
is "no report" 404 "$(code "$NARTHEX_URL/api/v1/paths/00000000000000000000000000000000")"
has "the page has the public key and lines for nix.conf" "example-nix-cache-1:" "$(curl -s "$NARTHEX_URL/")"
has "the page has the lines for nix.conf" "trusted-public-keys" "$(curl -s "$NARTHEX_URL/")"
for method in PUT POST DELETE PATCH; do is "$method is 405" 405 "$(code -X "$method" -d x "$info")"; done

odd=("/../etc/passwd" "/%2e%2e/etc/passwd" "/nar/../nix-cache-info" "/nar/%2e%2e%2fnix-cache-info" "/%" "/%zz" "/%00" "/%ff" "//" "//$message.narinfo"
    "/$message.narinfo/" "/$message.NARINFO" "/nar/" "/nar/a%0d%0ab" "/nar/a%20b.nar" "/nar/$(printf 'x%.0s' {1..2000})" "/log/x" "/realisations/x"
    "/debuginfo/x" "/build-trace-v2/x" "/api/v1/paths/" "/api/v1/paths/x" "/api/v1/paths/$message/../x" "/-/" "/-/nothing" "/.narinfo" "/*" "/a?b=%zz")
for path in "${odd[@]}"; do has "GET ${path:0:40} is 400 or 404" '^(400|404)$' "$(code -g "$NARTHEX_URL$path")"; done
is "a request line of 100 KB is 4xx" 4 "$(code "$NARTHEX_URL/$(head -c 100000 /dev/zero | tr '\0' x)" | cut -c1)"

refused "a second up on the same data directory" "another process|already|in use" "$narthex" up --data "$data" --s3-port 0 --http-port 0
refused "up on a port in use (S3)" "$s3_port" "$narthex" up --data "$run/other" --s3-port "$s3_port" --http-port 0
refused "up on a port in use (HTTP)" "$http_port" "$narthex" up --data "$run/other" --s3-port 0 --http-port "$http_port"
refused "up with a key that is none" "." "$narthex" up --data "$run/other" --s3-port 0 --http-port 0 --trusted-public-key nonsense
refused "up with an option that is none" "nknown option" "$narthex" up --nonsense
is "the first still answers" 200 "$(code "$info")"
is "the refused ones left narthex.env alone" "http://127.0.0.1:$http_port" "$(. "$data/narthex.env" && echo "$NARTHEX_URL")"
stop
refused "status after the stop" "narthex up" "$narthex" status --data "$data"

start "$run/json.log" --json
ok "up again in $took s"
is "what was verified is served" 200 "$(code "$info")"
sleep 1
is "the counts are kept" "$status" "$("$narthex" status --data "$data" --wait=30 --json)"
check "demo once more" "$narthex" demo --data "$data"
check "every line of --json is an object" python3 - "$run/json.log" <<'PY'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert lines and all(isinstance(line, dict) for line in lines), lines[:3]
PY
stop

if [ "$failed" = 0 ]; then
    rm -rf "$run"
    echo "all passed"
else
    echo "$failed failed; kept: $run"
    exit 1
fi

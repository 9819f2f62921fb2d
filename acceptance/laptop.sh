#!/usr/bin/env bash
# What a user sees of `narthex up`, `status`, `why`, `demo` and `key`, asserted from outside: a line a step. Needs root (namespaces),
# curl and python3; stock Nix is got as real-clients.sh gets it. All steps are run; the exit code is 1 if any failed.
#
# LAPTOP_START_LIMIT: seconds that `up` may take once built (default 5); the best of three starts counts. On a machine that
# does other work too it is enough if its own CPU time is no more: with a core for itself it would have been as quick.
set -uo pipefail
acceptance=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
narthex=$acceptance/../narthex
limit=${LAPTOP_START_LIMIT:-5}
mkdir -p "$acceptance/.work"
run=$(mktemp -d "$acceptance/.work/laptop.XXXXXX")
python=$("$acceptance/python.sh") || exit 1
data=$run/data
failed=0
pid=
upstream_pid=

trap 'for each in $pid $upstream_pid; do kill -9 "$each" 2> /dev/null; done' EXIT

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

# start LOG OPTION…: on $data and the ports; sets pid, took and cpu.
start() {
    local log=$1 began
    shift
    rm -f "$data/narthex.env"
    began=$(now)
    "$narthex" up --data "$data" --s3-port "$s3_port" --http-port "$http_port" "$@" > "$log" 2>&1 < /dev/null &
    pid=$!
    ready "$data/narthex.env" "$log"
    took=$(python3 -c 'import sys; print("%.1f" % (float(sys.argv[2]) - float(sys.argv[1])))' "$began" "$(now)")
    # What it costs whatever else runs: user and system time, in hundredths of a second.
    cpu=$(awk '{ printf "%.1f", ($14 + $15) / 100 }' "/proc/$pid/stat" 2> /dev/null)
}

# ready FILE LOG: waits until the process has written its file.
ready() {
    until [ -s "$1" ]; do
        kill -0 "$pid" 2> /dev/null || { fail "narthex up ended by itself: $(tail -n 3 "$2")"; exit 1; }
        sleep 0.02
    done
}

# await SECONDS COMMAND…: until it succeeds; the last failure is returned.
await() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

# stop [SIGNAL]: SIGTERM; the exit code must be 0.
stop() {
    local signal=${1:-TERM} began=$SECONDS status=0
    kill "-$signal" "$pid"
    wait "$pid" || status=$?
    pid=
    is "SIG$signal stops it with exit code 0" 0 "$status"
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

# --- a JDK, and the build ---

# In a mount namespace where the usual places of a JDK are empty.
refused "up without a JDK 25" "apt-get install openjdk-25-jdk" unshare --mount --propagation private sh -c '
    for place in /usr/lib/jvm /usr/java /opt /nix; do [ ! -d "$place" ] || mount -t tmpfs none "$place" || exit 1; done
    exec env -i HOME=/nonexistent PATH=/usr/bin:/bin "$1" up' no-jdk "$narthex"
rm -f "$acceptance/../functions/local/target/narthex.built"
built=$(script -qec "'$narthex' --version" /dev/null < /dev/null 2>&1)
has "the first command builds, and shows a progress line" "building \(once\) …" "$built"
has "it says how long that took" "narthex: built in [0-9]+ s" "$built"
if grep -q '\[INFO\]' <<< "$built"; then fail "Maven's log is shown"; else ok "without Maven's log"; fi
is "the next one does not build" "" "$("$narthex" --version 2>&1 > /dev/null)"
has "--version" '^narthex [0-9]+\.[0-9]+' "$("$narthex" --version)"
check "it finds the JDK by itself" env -u JAVA_HOME "$narthex" --version

# --- starting ---

refused "status with nothing running" "narthex up" "$narthex" status --data "$run/nothing"

# The first start writes the archive of classes when it ends; what a user sees from then on is the second.
start "$run/first.log"
stop
quick() { python3 -c 'import sys; sys.exit(min(map(float, sys.argv[1:3])) >= float(sys.argv[3]))' "$took" "$cpu" "$limit"; }
start "$run/up.log"
for _ in 2 3; do
    if quick; then break; fi
    stop
    start "$run/up.log"
done
if quick; then
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
check "it says that it is up" await 30 grep -q '^Ctrl-C stops it' "$run/up.log"
for command in "nix copy --to 's3://example-nix-cache\?endpoint=$NARTHEX_S3&region=us-east-1&profile=[^']*&secret-key=" \
    "aws s3 sync .*--exclude nix-cache-info" "nix copy --from $NARTHEX_URL"; do
    has "up prints $command" "$command" "$(cat "$run/up.log")"
done
is "nix-cache-info" "StoreDir: /nix/store WantMassQuery: 1 Priority: 41 " "$(curl -s "$NARTHEX_URL/nix-cache-info" | tr '\n' ' ')"

"$python" -B "$acceptance/laptop_s3.py" rights "$data" > "$run/rights" 2>&1 || failed=$((failed + 1))
cat "$run/rights"
check "every event is done with" "$narthex" status --data "$data" --wait=120

# --- the demonstration ---

check "demo" "$narthex" demo --data "$data"
check "status --wait" "$narthex" status --data "$data" --wait
status=$("$narthex" status --data "$data" --json)
is "status: verified" 3 "$(field verified <<< "$status")"
is "status: waiting" 0 "$(field waiting <<< "$status")"
is "status: in flight, dead letters" "0 0" "$(field inFlight <<< "$status") $(field deadLetters <<< "$status")"
has "status as text" "^verified +3$" "$("$narthex" status --data "$data")"

has "an outcome line for what was verified" '^verified +demo-message-1.0  [0-9.]+ [KM]?B  [0-9]+ ms$' "$(cat "$run/up.log")"
has "an outcome line for what waits" '^waiting +demo-greeting-1.0  .*demo-message-1.0' "$(cat "$run/up.log")"
has "an outcome line for what was rejected" '^rejected +demo-payroll-1.0  .*sha256:.*sha256:' "$(cat "$run/up.log")"
if grep -q $'\033' "$run/up.log"; then fail "escape codes in a pipe"; else ok "no escape codes in a pipe"; fi

# --- why, and the HTTP front ---

# Of the demonstration's paths, by their lines in its bucket.
message=$(find "$data/s3/objects/$NARTHEX_BUCKET" -name '*.narinfo' -exec grep -lE '^StorePath: .*-demo-message-1.0$' {} + | sed -n 1p)
message=$(basename -s .narinfo "$message")
payroll=$(find "$data/s3/objects/$NARTHEX_BUCKET" -name '*.narinfo' -exec grep -lE '^StorePath: .*-demo-payroll-1.0$' {} + | sed -n 1p)
payroll=$(basename -s .narinfo "$payroll")
why=$("$narthex" why --data "$data" "$message")
has "why: the verdict and the path" "^verified +/nix/store/$message-demo-message-1.0" "$why"
for name in signatures nar-hash file-hash archive closure; do has "why: $name" "^ +$name +passed" "$why"; done
is "why by store path says the same" "$why" "$("$narthex" why --data "$data" "/nix/store/$message-demo-message-1.0")"
is "why --json" verified "$("$narthex" why --data "$data" "$message" --json | field verdict)"
is "why --cache URL says the same" "$why" "$("$narthex" why --cache "$NARTHEX_URL/" "$message")"
check "wait for what is served" "$narthex" wait --data "$data" "$message" "/nix/store/$payroll-demo-payroll-1.0"
is "wait for what is not there" "1 absent  00000000000000000000000000000000" "$(
    absent=$("$narthex" wait --cache "$NARTHEX_URL" --timeout 1 00000000000000000000000000000000); echo $? "$absent")"
has "why: what was withdrawn" "^withdrawn .*" "$("$narthex" why --data "$data" "$payroll")"
refused "why of an unknown hash" "no report on" "$narthex" why --data "$data" 00000000000000000000000000000000
refused "why of no hash at all" "not a store path" "$narthex" why --data "$data" nonsense


# --- taken back, and dead letters ---

refused "revoke without a reason" "reason" "$narthex" revoke --data "$data" "$message"
refused "revoke of nonsense" "not a store path" "$narthex" revoke --data "$data" --reason x nonsense
check "revoke a path" "$narthex" revoke --data "$data" --reason "has a backdoor" "/nix/store/$message-demo-message-1.0"
check "status --wait" "$narthex" status --data "$data" --wait
is "a revoked path is not served" 404 "$(code "$NARTHEX_URL/$message.narinfo")"
is "nor its listing" 404 "$(code "$NARTHEX_URL/$message.ls")"
has "why says that it is revoked" "revocation +failed: revoked: has a backdoor" "$("$narthex" why --data "$data" "$message")"
is "to say it again changes nothing" "was revoked already" "$("$narthex" revoke --data "$data" --reason again "$message")"
is "wait for what is revoked" "1 rejected  /nix/store/$message-demo-message-1.0" "$(
    rejected=$("$narthex" wait --data "$data" "$message"); echo $? "$rejected")"
check "revoke --undo" "$narthex" revoke --data "$data" --undo "$message"
check "status --wait" "$narthex" status --data "$data" --wait
is "it is served again" 200 "$(code "$NARTHEX_URL/$message.narinfo")"
check "revoke a key" "$narthex" revoke --data "$data" --reason leaked "old-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY="
check "revoke --undo of a key" "$narthex" revoke --data "$data" --undo "old-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY="
is "redrive" "0 redriven" "$("$narthex" redrive --data "$data")"

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
is "another name in Host is 421" 421 "$(code -H 'Host: rebound.example' "$info")"
is "another name in Host is 421 at the S3 endpoint" 421 "$(code -H 'Host: rebound.example' "$NARTHEX_S3/$NARTHEX_BUCKET/nix-cache-info")"
is "nobody redrives without the operator's key" 403 "$(code -X POST -d '{"key":""}' "$NARTHEX_URL/-/redrive")"

odd=("/../etc/passwd" "/%2e%2e/etc/passwd" "/nar/../nix-cache-info" "/nar/%2e%2e%2fnix-cache-info" "/%" "/%zz" "/%00" "/%ff" "//" "//$message.narinfo"
    "/$message.narinfo/" "/$message.NARINFO" "/nar/" "/nar/a%0d%0ab" "/nar/a%20b.nar" "/nar/$(printf 'x%.0s' {1..2000})" "/log/x" "/realisations/x"
    "/debuginfo/x" "/build-trace-v2/x" "/api/v1/paths/" "/api/v1/paths/x" "/api/v1/paths/$message/../x" "/-/" "/-/nothing" "/.narinfo" "/*" "/a?b=%zz")
for path in "${odd[@]}"; do has "GET ${path:0:40} is 400 or 404" '^(400|404)$' "$(code -g "$NARTHEX_URL$path")"; done
is "a request line of 100 KB is 4xx" 4 "$(code "$NARTHEX_URL/$(head -c 100000 /dev/zero | tr '\0' x)" | cut -c1)"

# --- what is refused ---

refused "a second up on the same data directory" "another process|already|in use" "$narthex" up --data "$data" --s3-port 0 --http-port 0
refused "up on a port in use (S3)" "$s3_port" "$narthex" up --data "$run/other" --s3-port "$s3_port" --http-port 0
refused "up on a port in use (HTTP)" "$http_port" "$narthex" up --data "$run/other" --s3-port 0 --http-port "$http_port"
refused "up with a key that is none" "." "$narthex" up --data "$run/other" --s3-port 0 --http-port 0 --trusted-public-key nonsense
refused "up with an option that is none" "nknown option" "$narthex" up --nonsense
is "the first still answers" 200 "$(code "$info")"
is "the refused ones left narthex.env alone" "http://127.0.0.1:$http_port" "$(. "$data/narthex.env" && echo "$NARTHEX_URL")"
stop
refused "status after the stop" "narthex up" "$narthex" status --data "$data"

# --- again, for machines ---

start "$run/json.log" --json --read-wait 25
ok "up again in $took s"
is "what was verified is served" 200 "$(code "$info")"
status_is() { [ "$("$narthex" status --data "$data" --wait=30 --json)" = "$status" ]; }
check "the counts are kept" await 60 status_is
check "demo once more" "$narthex" demo --data "$data"
read -r hash answer base <<< "$("$python" -B "$acceptance/laptop_s3.py" upload "$data")"
is "a read right after the upload waits for the verdict" 200 "$answer"
kill -9 "$pid"
wait "$pid" 2> /dev/null
check "every line of --json is an object" python3 - "$run/json.log" <<'PY'
import json, sys
# What standard error has is for people.
lines = [json.loads(line) for line in open(sys.argv[1]) if not line.startswith("narthex: ")]
assert lines and all(isinstance(line, dict) for line in lines), lines[:3]
PY
start "$run/after-kill.log"
is "after kill -9 it is served" 200 "$(code "$NARTHEX_URL/$hash.narinfo")"
stop

# --- options ---

data=$run/options s3_port=0 http_port=0
other_keys=("one-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=" "two-1:IKiwJHv0QKIwXJfyWLl8jK7e9Iq6jBqHZfeBWZd1d5U=")
start "$run/options.log" --bucket other-cache --required-signatures 2 --undeclared reject \
    --trusted-public-key "${other_keys[0]}" --trusted-public-key "${other_keys[1]}"
set -a && . "$data/narthex.env" && set +a
is "--bucket" other-cache "$NARTHEX_BUCKET"
case "$NARTHEX_S3 $NARTHEX_URL" in *:0*) fail "port 0 is any free one: $NARTHEX_S3 $NARTHEX_URL" ;; *) ok "port 0 is any free one" ;; esac
page=$(curl -s "$NARTHEX_URL/")
for key in "${other_keys[@]}"; do has "--trusted-public-key is on the page" "${key//+/\\+}" "$page"; done
read -r hash answer base <<< "$("$python" -B "$acceptance/laptop_s3.py" upload "$data")"
is "--required-signatures 2: one is not enough" 404 "$answer"
check "NARTHEX_DATA instead of --data" env NARTHEX_DATA="$data" "$narthex" status --wait=120
has "it waits for a signature" "^ +signatures +waits" "$(NARTHEX_DATA=$data "$narthex" why "$hash")"
stop
data=$run/warn
start "$run/warn.log" --closure warn --read-wait 25
read -r hash answer base <<< "$("$python" -B "$acceptance/laptop_s3.py" upload "$data" 00000000000000000000000000000000-nowhere)"
is "--closure warn: a missing reference is admitted" 200 "$answer"
read -r hash answer base <<< "$("$python" -B "$acceptance/laptop_s3.py" undeclared "$data" "$base")"
is "an undeclared reference is admitted" 200 "$answer"
has "with a warning" "^ +undeclared-references +warning" "$("$narthex" why --data "$data" "$hash")"
stop
# One is the other's upstream.
data=$run/upstream
start "$run/upstream.log" --read-wait 25
read -r hash answer above <<< "$("$python" -B "$acceptance/laptop_s3.py" upload "$data")"
is "the upstream has a path" 200 "$answer"
upstream_pid=$pid
. "$data/narthex.env"
upstream_key=$(curl -s "$NARTHEX_URL/" | grep -o 'example-nix-cache-1:[A-Za-z0-9+/=]*' | sed -n 1p)
data=$run/downstream
start "$run/downstream.log" --undeclared reject --read-wait 25 --upstream "$NARTHEX_URL" --upstream-key "$upstream_key"
read -r hash answer base <<< "$("$python" -B "$acceptance/laptop_s3.py" upload "$data" "$above")"
is "--upstream: a reference found there completes the closure" 200 "$answer"
read -r hash answer base <<< "$("$python" -B "$acceptance/laptop_s3.py" undeclared "$data" "$above")"
is "--undeclared reject: it is not admitted" 404 "$answer"
check "status --wait" "$narthex" status --data "$data" --wait=60
has "--undeclared reject: why says so" "undeclared-references" "$("$narthex" why --data "$data" "$hash")"
stop
pid=$upstream_pid upstream_pid=
stop
for option in "--required-signatures 0" "--required-signatures x" "--closure never" "--undeclared maybe" "--upstream http://x" \
    "--bucket UPPER" "--s3-port 70000" "--read-wait -1" "--trust uploaders" "--trust nobody"; do
    # shellcheck disable=SC2086 # two words
    refused "up $option" "." "$narthex" up --data "$run/other" --s3-port 0 --http-port 0 $option
done

# --- the cache's own signature: stock Nix uploads, and another one trusts nothing but the cache's key ---

# stock_nix HOME ARG…
stock_nix() { NIXS3_WORK=$acceptance/.work NIXS3_HOME=$1 "$acceptance/nix-s3-client/nix-s3.sh" "${@:2}"; }
# built NAME: a path that exists nowhere else.
built() {
    stock_nix "$run/uploader" nix build --no-link --print-out-paths --impure --expr "derivation { name = \"$1\";
        system = builtins.currentSystem; builder = \"/bin/sh\"; args = [ \"-c\" \"echo $1 $RANDOM$RANDOM > \$out\" ]; }" 2> "$run/built.log"
}
# upload OPTIONS PATH
upload() {
    stock_nix "$run/uploader" nix copy --no-check-sigs --to \
        "s3://$NARTHEX_BUCKET?endpoint=$NARTHEX_S3&region=$AWS_REGION&profile=cache-upload$1" "$2"
}
# substitutes KEY PATH: into an empty store of a reader who trusts this key only.
substitutes() {
    local reader
    reader=$(mktemp -d "$run/reader.XXXXXX")
    NIXS3_SIGN=0 stock_nix "$reader" nix-store --store "local?root=$reader" --realise "$2" \
        --option substituters "$NARTHEX_URL" --option trusted-public-keys "$1" --option require-sigs true
}
# signed NUMBER PATH: how many signatures the narinfo that is served has.
signed() { [ "$(curl -s "$NARTHEX_URL/$(hash_of "$2").narinfo" | grep -c '^Sig: ')" = "$1" ]; }
is_hidden() { [ "$(code "$NARTHEX_URL/$(hash_of "$1").narinfo")" = 404 ]; }
hash_of() { basename "$1" | cut -c 1-32; }

check "stock Nix" "$acceptance/nix-s3-client/nix-s3.sh" --setup
data=$run/signing
first=$("$narthex" key generate cache-1 "$run/cache-1.sec") second=$("$narthex" key generate cache-2 "$run/cache-2.sec")
is "key public" "$first" "$("$narthex" key public "$run/cache-1.sec")"
start "$run/signing.log" --sign-with "$run/cache-1.sec"
set -a && . "$data/narthex.env" && set +a
mkdir -p "$run/uploader/.aws"
cp "$data/aws-credentials" "$run/uploader/.aws/credentials"
path=$(built signed)
check "upload, signed by the uploader" upload "&secret-key=$data/signing-key.sec" "$path"
check "wait" "$narthex" wait --data "$data" "$path"
check "the cache has signed it too" await 30 signed 2 "$path"
has "the page has the cache's key" "${first//+/\\+}" "$(curl -s "$NARTHEX_URL/")"
check "who trusts the cache's key substitutes it" substitutes "$first" "$path"
stop
start "$run/rotated.log" --sign-with "$run/cache-2.sec"
set -a && . "$data/narthex.env" && set +a
check "a new key signs what is there" await 60 signed 3 "$path"
check "who trusts the new key substitutes it" substitutes "$second" "$path"
check "and so does who trusts the old one still" substitutes "$first" "$path"
check "revoke the uploader's key" "$narthex" revoke --data "$data" --reason leaked "$("$narthex" key public "$data/signing-key.sec")"
stop
start "$run/uploaders.log" --sign-with "$run/cache-2.sec" --trust uploaders
set -a && . "$data/narthex.env" && set +a
check "what it has signed is hidden, whoever is trusted" await 60 is_hidden "$path"
other=$(built unsigned)
check "upload, signed by nobody" upload "" "$other"
check "--trust uploaders: wait" "$narthex" wait --data "$data" "$other"
check "who trusts the cache's key substitutes it" substitutes "$second" "$other"
stop

# --- as it is typed: no option at all, a terminal, Ctrl-C ---

mkdir "$run/plain"
# A network of its own, where the ports of the manual are free. SIGINT is ignored in the background of a script: not here.
python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])' \
    unshare --net python3 -c '
import fcntl, os, socket, struct, sys
SIOCSIFFLAGS, UP = 0x8914, 1
fcntl.ioctl(socket.socket(), SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP))
os.chdir(sys.argv[1])
os.execvp("script", ["script", "-qefc", "echo $$ > pid; exec " + sys.argv[2] + " up", "terminal.log"])' \
    "$run/plain" "$narthex" > /dev/null 2>&1 < /dev/null &
pid=$!
ready "$run/plain/.narthex/narthex.env" "$run/plain/terminal.log"
inside=$(cat "$run/plain/pid")
plain() { (cd "$run/plain" && nsenter --target "$inside" --net "$@"); }
is "the default ports" "200 200" "$(plain curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/nix-cache-info) $(
    plain curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:9000/example-nix-cache/nix-cache-info)"
check "the default data directory" plain "$narthex" status
check "demo in it" plain "$narthex" demo
has "colour on a terminal" $'^\033\\[32mverified' "$(cat "$run/plain/terminal.log")"
has "colour on a terminal" $'^\033\\[31mrejected' "$(cat "$run/plain/terminal.log")"
interrupted=0
kill -INT "$inside"
wait "$pid" || interrupted=$?
pid=
is "Ctrl-C stops it with exit code 0" 0 "$interrupted"

if [ "$failed" = 0 ]; then
    rm -rf "$run"
    echo "all passed"
else
    echo "$failed failed; kept: $run"
    exit 1
fi

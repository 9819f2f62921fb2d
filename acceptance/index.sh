#!/usr/bin/env bash
# The index of a laptop's cache, as its user has it: `narthex missing` before and after uploads with stock Nix, in every form
# that it takes; rebuilds while paths come and go, also killed in the middle; the same shards from the same cache; `index check`
# and `--repair` of what changed behind the host's back; and a cache without any index, which serves all the same.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

mass=400
cache=$run/cache
world='let build = name: attributes: script: derivation ({ inherit name; system = builtins.currentSystem; builder = "/bin/sh";
    args = [ "-euc" "export PATH=/usr/bin:/bin; ${script}" ]; } // attributes);
    floor = n: build "floor-${toString n}" { below = if n == 0 then "" else floor (n - 1); } "echo ${toString n} on $below > $out";
    in floor 19'

install_all() {
    install_missing jq=jq zstd=zstd
    install_clients
    python=$("$acceptance/python.sh")
}

make_cache() {
    debian_nix nix key generate-secret --key-name index-1 > "$run/key.sec"
    public_key=$(debian_nix nix key convert-secret-to-public < "$run/key.sec")
    tip=$(debian_nix nix-build --no-out-link -E "$world")
    debian_nix nix copy --to "file://$cache?secret-key=$run/key.sec&compression=none" "$tip"
    debian_nix nix-store --query --requisites "$tip" | sort > "$run/closure"
    count=$(wc -l < "$run/closure")
    debian_nix nix path-info --recursive --json "$tip" > "$run/info.old"
    for format in 1 2; do
        current_nix "$run/home" nix path-info --store "file://$cache" --recursive --json --json-format "$format" "$tip" > "$run/info.$format"
    done
    jq -e 'type == "array"' "$run/info.old" && jq -e '.info' "$run/info.2"
}

# On ports that the kernel gives nobody else while the host is down: others would answer its readers.
start() {
    narthex_data=$(mktemp -d "$run/narthex.XXXXXX")
    s3_url=http://127.0.0.1:$(free_port) cache_url=http://127.0.0.1:$(free_port)
    start_again
    read_environment
}

admin_aws() {
    AWS_SHARED_CREDENTIALS_FILE=$narthex_data/aws-credentials "$tools/venv/bin/aws" --profile admin --region "$region" \
        --endpoint-url "$s3_url" "$@"
}

# missing EXPECTED-STATUS ARG…: what it prints, sorted, in $run/missing.
missing() {
    local expected=$1 status=0
    shift
    narthex missing "$@" > "$run/unsorted" || status=$?
    sort "$run/unsorted" > "$run/missing"
    assert_equal "exit code of missing $*" "$expected" "$status"
}

# The reader of the index remembers for half a minute.
soon() { wait_for "$1" 60 "${@:2}"; }
missing_none() { narthex missing - < "$run/closure"; }

all_missing() {
    local form
    narthex index rebuild
    for form in old 1 2; do
        missing 1 < "$run/info.$form"
        diff "$run/closure" "$run/missing"
    done
    missing 1 - < "$run/closure"
    diff "$run/closure" "$run/missing"
    missing 1 --closure < "$run/info.2"
    diff "$run/closure" "$run/missing"
    missing 1 --json "$tip" < /dev/null
    assert_equal "as JSON" "$tip" "$(jq -r ".absent[]" "$run/unsorted")"
    # As nix-build prints it: one path, and its closure from the store that built it.
    debian_nix "$repository/narthex" missing --closure --data "$narthex_data" "$tip" > "$run/unsorted" || [ $? = 1 ]
    diff "$run/closure" <(sort "$run/unsorted")
}

upload() {
    uploader_nix nix copy --no-check-sigs --from "file://$cache" --to "$s3_store&profile=cache-upload" "$tip"
    settled "$count"
    soon "every path" missing_none
}

none_missing() {
    local form
    for form in old 1 2; do
        missing 0 < "$run/info.$form"
        assert_equal "what it prints" "" "$(cat "$run/missing")"
    done
}

is_missing() { ! narthex missing "$1" < /dev/null; }

# What a job of CI does: whatever is missing is pushed, and nothing else.
push_what_is_missing() {
    admin_aws s3api delete-object --bucket "$bucket" --key "$(narinfo_of "$tip")"
    settled "$((count - 1))"
    soon "the deletion" is_missing "$tip"
    missing 1 - < "$run/closure"
    assert_equal "what is missing" "$tip" "$(cat "$run/missing")"
    export -f uploader_nix current_nix
    export tools acceptance uploader_home
    xargs -a "$run/missing" bash -euc 'uploader_nix "$@"' push nix copy --refresh --no-check-sigs --no-recursive \
        --from "file://$cache" --to "$s3_store&profile=cache-upload"
    settled "$count"
}

narinfo_of() { echo "$(basename "$1" | cut -c 1-32).narinfo"; }

fill() {
    "$python" -B "$acceptance/index_paths.py" fill "$narthex_data" "$mass" > "$run/filled"
    settled "$((count + mass))"
}

# Asks for a path that is there, again and again; what it hears besides 200 it writes down, if it hears anything.
read_on() {
    local code key
    key=$(narinfo_of "$tip")
    while sleep 0.2; do
        code=$(curl -s -m 30 -o /dev/null -w '%{http_code}' "$cache_url/$key") || continue
        [ "$code" = 200 ] || echo "$(date -Is) $code"
    done
}

begin_reading() {
    read_on > "$run/read" 2>&1 &
    reader_pid=$!
    background_pids+=("$reader_pid")
}

end_reading() {
    kill "$reader_pid"
    assert_equal "answers but 200" "" "$(cat "$run/read")"
}

generation() { narthex index --json | jq -r '.served.generation'; }

no_drift() {
    narthex status --wait=120 --json
    narthex index check
}

rebuild_meanwhile() {
    local churn before
    before=$(generation)
    "$python" -B "$acceptance/index_paths.py" churn "$narthex_data" > "$run/churned" &
    churn=$!
    background_pids+=("$churn")
    sleep 1
    narthex index rebuild
    narthex index rebuild
    kill "$churn"
    wait "$churn"
    assert_equal "generations since" 2 $(($(generation) - before))
    [ "$(cat "$run/churned")" -gt 3 ]
    no_drift
}

# On a terminal of 30 columns: drawn in place, and no wider than that.
narrow_terminal() {
    script -qec "stty cols 30; '$repository/narthex' index rebuild --data '$narthex_data'" /dev/null < /dev/null > "$run/terminal"
    python3 - "$run/terminal" <<'PYTHON'
import re, sys
text = open(sys.argv[1], newline="").read()
drawn = [part.replace("\033[K", "") for part in re.findall(r"\r([^\r\n]*\033\[K)", text)]
assert any(re.match(r"(\[[#.]+\] )?[0-9]+ %", part) for part in drawn), text
assert all(len(part) < 30 for part in drawn), drawn
assert drawn[-1] == "" and "is read now" in text, text
PYTHON
}

killed() {
    local building
    narthex index rebuild > "$run/rebuild" 2>&1 &
    background_pids+=($!)
    building=$("$python" -B "$acceptance/index_paths.py" kill "$narthex_data" "$narthex_pid")
    wait "$narthex_pid" || true
    jq -e ".building.generation == $building" "$narthex_data/s3/objects/$bucket-state/index/manifest.json"
    start_again
    narthex index rebuild 2>&1 | tee "$run/rebuild"
    [ "$(generation)" -ge "$building" ]
    [ ! -e "$narthex_data/s3/objects/$bucket-state/index/$((building + 2))" ]
    no_drift
}

# On the same data directory and ports.
start_again() {
    rm -f "$narthex_data/narthex.env"
    "$repository/narthex" up --data "$narthex_data" --s3-port "${s3_url##*:}" --http-port "${cache_url##*:}" --bucket "$bucket" \
        --trusted-public-key "$public_key" >> "$narthex_data.log" 2>&1 < /dev/null &
    narthex_pid=$!
    # The first start builds the project.
    wait_for "narthex up" 600 test -e "$narthex_data/narthex.env"
}

# shards GENERATION: copies them to a folder of that name.
shards() { admin_aws s3 sync --only-show-errors "s3://$bucket-state/index/$1" "$run/generations/$1" --exclude 'pieces/*'; }

same_bytes() {
    local first second
    narthex index rebuild
    first=$(generation)
    narthex index rebuild
    second=$(generation)
    [ "$second" -gt "$first" ]
    shards "$first"
    shards "$second"
    diff -r --exclude statistics.json "$run/generations/$first" "$run/generations/$second"
    # It says of when it is.
    diff <(jq 'del(.asOf)' "$run/generations/$first/statistics.json") <(jq 'del(.asOf)' "$run/generations/$second/statistics.json")
    zstd -dcq "$run/generations/$second"/shards/*.jsonl.zst > "$run/entries"
    assert_equal "entries" "$(narthex index --json | jq .served.paths)" "$(jq -s 'map(select(.hash)) | length' "$run/entries")"
    jq -se --arg hash "$(basename "$tip" | cut -c 1-32)" 'any(.[]; .hash == $hash and .verdict == "verified")' "$run/entries"
}

# behind_back FROM TO: the narinfo of the first of the many paths goes from one folder to another while nothing runs.
behind_back() {
    local kind key
    key=$(narinfo_of "$(head -n 1 "$run/filled")")
    narthex_stop
    for kind in objects versions; do
        mkdir -p "$2/$kind/$bucket"
        if [ -e "$1/$kind/$bucket/$key" ]; then mv "$1/$kind/$bucket/$key" "$2/$kind/$bucket/$key"; fi
    done
    start_again
}

# finds KIND: the check finds that one path, mends it, and finds nothing then.
finds() {
    local status=0 hash
    hash=$(basename "$(head -n 1 "$run/filled")" | cut -c 1-32)
    narthex status --wait=60 --json
    narthex index check > "$run/check" || status=$?
    cat "$run/check"
    assert_equal "exit code of check" 1 "$status"
    grep -qx "$1 *$hash" "$run/check"
    status=0
    narthex index check --repair --json > "$run/check" || status=$?
    cat "$run/check"
    assert_equal "exit code of check --repair" 1 "$status"
    assert_equal "repaired" 1 "$(jq .repaired "$run/check")"
    narthex index check
}

removed_behind_back() {
    behind_back "$narthex_data/s3" "$run/aside"
    finds gone
}

put_behind_back() {
    behind_back "$run/aside" "$narthex_data/s3"
    finds unknown
}

is_not_ready() {
    local status=0
    narthex missing "$tip" > "$run/said" 2>&1 < /dev/null || status=$?
    [ "$status" = 2 ] && grep -q 'has not been built' "$run/said"
}

without_an_index() {
    admin_aws s3 rm --recursive --only-show-errors "s3://$bucket-state/index/"
    substitute "$cache_url" "$tip"
    soon "the answer that there is no index" is_not_ready
    narthex index rebuild
    soon "the index" missing_none
    no_drift
}

step "install the clients" install_all
step "build" make_cache
step "start" start
step "all are missing, in every form that Nix prints" all_missing
step "upload $count paths with Nix" upload
step "none is missing" none_missing
step "push what is missing, and nothing else" push_what_is_missing
begin_reading
step "$mass more paths" fill
step "rebuild twice while paths come and go" rebuild_meanwhile
step "a bar on a narrow terminal" narrow_terminal
step "kill -9 in the middle of a rebuild, which goes on" killed
step "twice the same bytes, readable with zstd and jq" same_bytes
step "a path removed behind the host's back" removed_behind_back
step "a path put behind the host's back" put_behind_back
step "no index at all: served, not answered, rebuilt" without_an_index
end_reading
step "stop" narthex_stop
echo "all as it should be"

# Sourced by the acceptance runs. Everything they make is under acceptance/.work, which git ignores; what one run makes
# is in a folder of its own there, removed at the end (kept with KEEP=1 and after a failure). Servers listen on
# loopback, on free ports. Needs root and a Debian with its package mirror; installs what else is missing.

acceptance=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$acceptance")
tools=$acceptance/.work
mkdir -p "$tools"
run=$(mktemp -d "$tools/run.XXXXXX")
bucket=example-nix-cache
narthex_pid=
background_pids=()
ends=()
step_text=
step_log=
exec 3>&2

clean_up() {
    local status=$? pid end
    trap - EXIT
    if [ "$status" != 0 ]; then
        if [ -n "$step_log" ]; then tail -n 40 "$step_log" | cut -c 1-400 >&3; fi
        echo "FAILED (status $status): ${step_text:-$0}; kept: $run" >&3
    fi
    for end in "${ends[@]}"; do $end >&3 2>&1 || true; done
    for pid in "${background_pids[@]}" $narthex_pid; do kill "$pid" 2>/dev/null || true; done
    wait || true
    if [ "$status" = 0 ] && [ -z "${KEEP:-}" ]; then rm -rf --one-file-system "$run"; fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# at_end FUNCTION: called when the run ends, however it ends; the last one first, and before any process is stopped.
at_end() { ends=("$1" "${ends[@]}"); }

fail() { echo "$*" >&2; exit 1; }

# step TEXT COMMAND ARG...: one line saying what was done in how many seconds. The command's output is shown on failure.
step() {
    local start=$EPOCHREALTIME text=$1
    step_text=$text
    shift
    step_log=$(mktemp "$run/step.XXXXXX")
    "$@" > "$step_log" 2>&1
    step_log=
    awk -v from="$start" -v to="$EPOCHREALTIME" -v text="$text" 'BEGIN { printf "%7.1f s  %s\n", to - from, text }'
}

assert_equal() {
    local what=$1 expected=$2 actual=$3
    [ "$expected" = "$actual" ] || fail "$what: expected $expected, got $actual"
}

# wait_for WHAT SECONDS COMMAND ARG...: until the command succeeds.
wait_for() {
    local what=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" > /dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "$what is not there in time: $*"
        sleep 0.2
    done
}

# A port of loopback that nobody listens on now, and that the kernel gives no client: who knocks again and again at one of those while
# its server is down may get it as its own port, and is then connected to itself.
free_port() {
    python3 -c '
import random, socket
while True:
    with socket.socket() as s:
        try:
            s.bind(("127.0.0.1", random.randrange(20000, 32000)))
        except OSError:
            continue
        print(s.getsockname()[1])
        break'
}

# install_missing PROGRAM=PACKAGE...
install_missing() {
    local pair packages=()
    for pair; do command -v "${pair%%=*}" > /dev/null || packages+=("${pair#*=}"); done
    [ ${#packages[@]} -gt 0 ] || return 0
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
}

install_awscli() {
    [ -x "$tools/venv/bin/aws" ] && return 0
    python3 -c 'import ensurepip' 2> /dev/null || { apt-get update -q; apt-get install -y -q --no-install-recommends python3-venv; }
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" install -q awscli==1.46.3
}

install_clients() {
    install_missing nix=nix-bin curl=curl cc=gcc debootstrap=debootstrap xz=xz-utils
    install_awscli
    "$acceptance/nix-s3-client/nix-s3.sh" --setup
}

# Debian's own Nix (2.8, without S3), its /nix kept under acceptance/.work.
debian_nix() {
    mkdir -p "$tools/debian-nix"
    HOME="$run/debian-home" NIX_CONFIG='build-users-group =
sandbox = false
filter-syscalls = false
substituters =
experimental-features = nix-command' \
        unshare --mount --propagation private sh -c '
            mkdir -p /nix && mount --bind "$1" /nix || exit 1
            shift
            exec "$@"' debian-nix "$tools/debian-nix" "$@"
}

# current_nix HOME ARG...: the current Nix (2.34). What a cache answered it remembers in its HOME.
current_nix() {
    NIXS3_WORK="$tools" NIXS3_HOME="$1" "$acceptance/nix-s3-client/nix-s3.sh" "${@:2}"
}

# The uploader is the profile `cache-upload`; every other command runs without credentials.
make_uploader() {
    uploader_home=$(mktemp -d "$run/uploader.XXXXXX")
    mkdir "$uploader_home/.aws"
    printf '[cache-upload]\naws_access_key_id = %s\naws_secret_access_key = %s\n' "$1" "$2" \
        > "$uploader_home/.aws/credentials"
}

uploader_aws() {
    HOME="$uploader_home" "$tools/venv/bin/aws" --profile cache-upload --region "$region" --endpoint-url "$s3_url" "$@"
}

uploader_nix() { current_nix "$uploader_home" "$@"; }

store_paths_of() { sed -n 's/^StorePath: //p' "$1"/*.narinfo; }

# substitute URL PATH...: into an empty store that trusts our key only; then every file is checked again.
substitute() {
    local url=$1 store reader
    store=$(mktemp -d "$run/store.XXXXXX")
    reader=$(mktemp -d "$run/reader.XXXXXX")
    shift
    NIXS3_SIGN=0 current_nix "$reader" nix-store --store "local?root=$store" --realise "$@" \
        --option substituters "$url" --option trusted-public-keys "$public_key" --option require-sigs true
    NIXS3_SIGN=0 current_nix "$reader" nix store verify --all --store "local?root=$store" \
        --trusted-public-keys "$public_key"
    substituted=$store
}

# narthex_up OPTION...: an empty Narthex of its own, when it is ready; sets narthex_data and cache_url.
narthex_up() {
    local waited=0
    narthex_data=$(mktemp -d "$run/narthex.XXXXXX")
    "$repository/narthex" up --data "$narthex_data" --s3-port 0 --http-port 0 --bucket "$bucket" "$@" \
        > "$narthex_data.log" 2>&1 < /dev/null &
    narthex_pid=$!
    # The first start builds the project.
    until grep -q 'Outcomes follow' "$narthex_data.log"; do
        kill -0 "$narthex_pid" 2>/dev/null || { cat "$narthex_data.log" >&2; fail "narthex up ended"; }
        [ $((waited += 1)) -lt 6000 ] || fail "narthex up is not ready after ten minutes"
        sleep 0.1
    done
    cache_url=$(sed -n 's/^export NARTHEX_URL=//p' "$narthex_data/narthex.env")
}

# narthex_start OPTION...: one with its own S3; sets s3_url, s3_store (for readers) and the uploader too.
narthex_start() {
    narthex_up "$@"
    read_environment
}

# In a subshell: the credentials must not reach the commands of a reader.
read_environment() {
    local values
    mapfile -t values < <(
        # shellcheck source=/dev/null
        . "$narthex_data/narthex.env"
        printf '%s\n' "$NARTHEX_S3" "$NARTHEX_URL" "$AWS_REGION" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
    )
    s3_url=${values[0]} cache_url=${values[1]} region=${values[2]}
    s3_store="s3://$bucket?endpoint=$s3_url&region=$region"
    make_uploader "${values[3]}" "${values[4]}"
}

narthex_stop() {
    kill "$narthex_pid"
    wait "$narthex_pid" || true
    narthex_pid=
}

narthex() { "$repository/narthex" "$@" --data "$narthex_data"; }

# settled VERIFIED: waits until nothing is in flight, then compares the counts.
settled() {
    local status
    status=$(narthex status --wait=300 --json) || fail "not settled: $status"
    echo "$status"
    assert_equal "in flight" 0 "$(field inFlight <<< "$status")"
    assert_equal "dead letters" 0 "$(field deadLetters <<< "$status")"
    assert_equal "verified paths" "$1" "$(field verified <<< "$status")"
}

# The value of one field of the JSON object on standard input.
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

#!/usr/bin/env bash
# Kills `narthex up` at 50 random moments of an upload and looks whether anything acknowledged was lost: see kill_9.py.
#
#   kill-9.sh [--kills N] [--seed N]        a run prints its seed; what it left is kept if something was wrong
set -euo pipefail
acceptance=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
narthex=$acceptance/../narthex
work=$acceptance/.work
venv=$work/kill-9-venv
mkdir -p "$work"

if ! "$venv/bin/python" -c 'import boto3, cryptography' 2> /dev/null; then
    python3 -m venv "$venv" && "$venv/bin/pip" install -q boto3==1.44.5 cryptography==50.0.2
fi
# Builds, if that was not done; a build is not to be killed.
"$narthex" --help > /dev/null

run=$(mktemp -d "$work/kill-9.XXXXXX")
ports=$(python3 -c '
import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))')
# shellcheck disable=SC2086 # two words
if "$venv/bin/python" -B "$acceptance/kill_9.py" --narthex "$narthex" --data "$run/data" --ports $ports --log "$run/up.log" "$@"; then
    rm -rf "$run"
else
    echo "kept: $run (up.log, data)"
    exit 1
fi

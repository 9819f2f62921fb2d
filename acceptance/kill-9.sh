#!/usr/bin/env bash
# Kills `narthex up` at 50 random moments of an upload and looks whether anything acknowledged was lost: see kill_9.py.
#
#   kill-9.sh [--kills N] [--seed N]        a run prints its seed; what it left is kept if something was wrong
set -euo pipefail
acceptance=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
narthex=$acceptance/../narthex
work=$acceptance/.work
mkdir -p "$work"
python=$("$acceptance/python.sh")
# Builds, if that was not done; a build is not to be killed.
"$narthex" --help > /dev/null

run=$(mktemp -d "$work/kill-9.XXXXXX")
ports=$(python3 -c '
import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))')
# shellcheck disable=SC2086 # two words
if "$python" -B "$acceptance/kill_9.py" --narthex "$narthex" --data "$run/data" --ports $ports --log "$run/up.log" "$@"; then
    rm -rf "$run"
else
    echo "kept: $run (up.log, data)"
    exit 1
fi

#!/usr/bin/env bash
# Prints the path of a Python that has boto3 and cryptography; makes it under .work, if that was not done.
set -euo pipefail
work=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.work
venv=$work/python
mkdir -p "$work"
if ! "$venv/bin/python" -c 'import boto3, cryptography' 2> /dev/null; then
    python3 -c 'import ensurepip' 2> /dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv; } >&2
    python3 -m venv "$venv" >&2 && "$venv/bin/pip" install -q boto3==1.44.5 cryptography==50.0.2 >&2
fi
echo "$venv/bin/python"

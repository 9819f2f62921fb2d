#!/usr/bin/env bash
# Nix runs this after every build (`post-build-hook` in nix.conf): it uploads what was built.
#
# An upload that fails does not fail the build unless NARTHEX_STRICT=1 asks for it; Nix would stop building. Settings come from
# /etc/narthex/upload.conf, or the file that NARTHEX_UPLOAD_CONFIG names, as lines of shell:
#
#   NARTHEX_STORE='s3://example-nix-cache?region=eu-west-2&profile=cache-upload&compression=zstd&secret-key=/etc/nix/cache.sec'
#   NARTHEX_BACKGROUND=1       # do not keep Nix waiting; the upload goes on behind it
#   NARTHEX_LOG=/var/log/narthex-upload.log        # what it says then
#   NARTHEX_TRIES=4            # how often each upload is tried
#   NARTHEX_TIMEOUT=900        # seconds that one try may take
#   NARTHEX_STRICT=1           # a failed upload fails the build; not together with NARTHEX_BACKGROUND
#
# Nix runs it as the user of the daemon, root: its ~/.aws has the profile.
set -uo pipefail

say() { echo "narthex: $*" >&2; }

give_up() {
    say "$*"
    if [ "${NARTHEX_STRICT:-0}" = 1 ]; then exit 1; else exit 0; fi
}

# Nix gives OUT_PATHS, separated by spaces; a store path has none.
upload() {
    local paths try tries=${NARTHEX_TRIES:-4}
    read -ra paths <<< "$OUT_PATHS"
    for ((try = 1; try <= tries; try++)); do
        if timeout "${NARTHEX_TIMEOUT:-900}" nix --extra-experimental-features nix-command copy --to "$NARTHEX_STORE" "${paths[@]}"; then
            return 0
        fi
        say "try $try of $tries failed"
        if ((try < tries)); then sleep $((try * try)); fi
    done
    return 1
}

config=${NARTHEX_UPLOAD_CONFIG:-/etc/narthex/upload.conf}
if [ -e "$config" ]; then
    # shellcheck source=/dev/null
    . "$config" || give_up "$config cannot be read"
fi
[ -n "${OUT_PATHS:-}" ] || give_up "Nix gave no OUT_PATHS"
[ -n "${NARTHEX_STORE:-}" ] || give_up "NARTHEX_STORE is not set: see $config"

if [ "${NARTHEX_BACKGROUND:-0}" = 1 ]; then
    # Nix waits for whoever holds the output of its hook: the upload must have one of its own.
    export -f upload say
    export NARTHEX_STORE OUT_PATHS NARTHEX_TRIES="${NARTHEX_TRIES:-4}" NARTHEX_TIMEOUT="${NARTHEX_TIMEOUT:-900}"
    # shellcheck disable=SC2016  # For the shell that it starts.
    setsid bash -c 'upload || say "not uploaded: $OUT_PATHS"' \
        < /dev/null >> "${NARTHEX_LOG:-/dev/null}" 2>&1 &
    exit 0
fi
upload || give_up "not uploaded: $OUT_PATHS"

#!/usr/bin/env bash
# What stock Nix uploads beside narinfos and NARs, against `narthex up`: listings, debug information, build logs and
# realisations. Uploaded by `nix copy` and `nix store copy-log` (a current Nix) and, the realisation, by `aws s3 sync`;
# then read at the cache URL by Nix and byte by byte. What is derived where listing and debug information were not uploaded is
# compared with what Nix writes. The commands that `narthex up` prints are run as they are printed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

extras=$acceptance/closure/extras.nix
build_id=a50123456789abcdef0123456789abcdef012345
cache=$run/cache
options='write-nar-listing=true&index-debug-info=true&compression=none'

install_all() {
    install_missing jq=jq
    install_clients
}

realise() {
    debian_nix nix-build "$extras" --argstr run "$run" --attr "$1" --no-out-link --option experimental-features ca-derivations \
        --option secret-key-files "$run/key.sec"
}

make_cache() {
    local derivation_features=(--experimental-features 'nix-command ca-derivations')
    debian_nix nix key generate-secret --key-name extras-1 > "$run/key.sec"
    public_key=$(debian_nix nix key convert-secret-to-public < "$run/key.sec")
    debug=$(realise debug)
    addressed=$(realise addressed)
    derivation=$(debian_nix nix-instantiate "$extras" --argstr run "$run" --attr debug)
    debian_nix nix copy --to "file://$cache?$options&secret-key=$run/key.sec" "$debug"
    debian_nix nix copy "${derivation_features[@]}" \
        --to "file://$cache?$options&secret-key=$run/key.sec" --file "$extras" --argstr run "$run" addressed
    debian_nix nix store copy-log --to "file://$cache" "$derivation"
    realisation=$(cd "$cache" && find realisations -type f)
    [ -n "$realisation" ] || fail "Nix wrote no realisation"
    narinfo=$(basename "$debug" | cut -c 1-32).narinfo
}

start() { narthex_start --trusted-public-key "$public_key"; }

upload_with_nix() {
    uploader_nix nix copy --no-check-sigs --from "file://$cache" --to "$s3_store&profile=cache-upload&$options" "$debug"
    uploader_nix nix store copy-log --from "file://$cache" --to "$s3_store&profile=cache-upload" "$derivation"
}

# The realisation last: no Nix uploads one without its derivation.
upload_the_rest() {
    uploader_aws s3 sync "$cache" "s3://$bucket" --exclude nix-cache-info --exclude "${narinfo%.narinfo}*" --only-show-errors
}

# answer KEY: what the cache URL answers, decoded as a client would.
answer() { curl -sSf -L --compressed "$cache_url/$(jq -rn --arg key "$1" '$key | @uri "\(.)"' | sed 's,%2F,/,g')"; }

same_json() { diff <(jq -S . "$1") <(jq -S . "$2"); }

listing() {
    answer "${narinfo%.narinfo}.ls" > "$run/listing"
    cat "$cache/${narinfo%.narinfo}.ls" > "$run/expected"
    same_json "$run/expected" "$run/listing"
    NIXS3_SIGN=0 current_nix "$run/reader" nix store ls --store "$cache_url" --recursive "$debug" > "$run/ls"
    grep -qF "./lib/debug/.build-id/a5/${build_id:2}.debug" "$run/ls"
}

debug_info() {
    answer "debuginfo/$build_id" > "$run/debuginfo" || answer "debuginfo/$build_id.debug" > "$run/debuginfo"
    jq -e --arg member "lib/debug/.build-id/a5/${build_id:2}.debug" '.member == $member' "$run/debuginfo"
    curl -sSf -L -o "$run/nar" "$cache_url/debuginfo/$(jq -r .archive "$run/debuginfo")"
    assert_equal "the archive it names" "$(sed -n 's/^NarSize: //p' "$cache/$narinfo")" "$(stat -c %s "$run/nar")"
}

log() {
    NIXS3_SIGN=0 current_nix "$run/reader" nix log --store "$cache_url" "$derivation" > "$run/log"
    assert_equal "the log" "building program-1.0-debug" "$(cat "$run/log")"
    curl -sSI "$cache_url/log/$(basename "$derivation")" | tr -d '\r' > "$run/headers"
    grep -qix 'content-type: text/plain.*' "$run/headers"
    grep -qix 'x-content-type-options: nosniff' "$run/headers"
}

realisation() {
    answer "$realisation" > "$run/realisation"
    same_json "$cache/$realisation" "$run/realisation"
    jq -e --arg path "$(basename "$addressed")" '.outPath == $path' "$run/realisation"
}

# nobody reads what somebody made up
forged() {
    local forged=$run/forged
    mkdir -p "$forged/realisations" "$forged/debuginfo" "$forged/log"
    jq '.signatures |= map(sub(":.{4}"; ":AAAA"))' "$cache/$realisation" > "$forged/$realisation.tmp"
    mv "$forged/$realisation.tmp" "$forged/${realisation/sha256:????/sha256:0000}"
    echo '{"archive":"../nar/none.nar","member":"bin/sh"}' > "$forged/debuginfo/${build_id/a5/ff}"
    jq '.root.entries = {}' "$run/expected" > "$forged/${narinfo%.narinfo}.ls"
    uploader_aws s3 sync "$forged" "s3://$bucket" --only-show-errors
    narthex status --wait=60 --json
    (cd "$forged" && find . -type f ! -name '*.ls' -printf '%P\n') > "$run/forgeries"
    while read -r key; do
        if answer "$key" > /dev/null 2>&1; then fail "$key is served"; fi
    done < "$run/forgeries"
    listing
}

# Nothing but the narinfo and the NAR.
upload_alone() {
    uploader_nix nix copy --no-check-sigs --from "file://$cache" --to "$s3_store&profile=cache-upload&compression=none" "$debug"
    current_nix "$run/home" nix copy --no-check-sigs --from "file://$cache" --to "file://$run/current?$options" "$debug"
}

# The objects that were derived from the NAR have the bytes that the current Nix writes for the same path. Nix before 2.35 may leave out
# what is not executable; what Debian's Nix writes, which has its keys in another order, says the same.
derived() {
    local key plain='walk(if type == "object" and .executable == false then del(.executable) else . end)'
    for key in "${narinfo%.narinfo}.ls" "$(cd "$cache" && find debuginfo -type f)"; do
        uploader_aws s3 cp --only-show-errors "s3://$bucket/$key" "$run/derived"
        cmp "$run/derived" "$run/current/$key" || cmp <(sed 's/"executable":false,//g' "$run/derived") "$run/current/$key"
        diff <(jq -S "$plain" "$run/derived") <(jq -S "$plain" "$cache/$key")
    done
}

# printed START: the line that `narthex up` printed, without its indentation.
printed() {
    local line
    line=$(sed -n "/^ *$1/{s/^ *//p;q}" "$narthex_data.log")
    [ -n "$line" ] || fail "no line starts with $1"
    echo "$line"
}

# With nothing but what `narthex.env` sets.
printed_commands() {
    local copy sync fetch typed=$run/typed
    mkdir -p "$typed"
    copy=$(printed 'nix copy --to')
    sync=$(printed 'aws s3 sync')
    fetch=$(printed 'nix copy --from')
    cp -r "$cache" "$typed/my-cache"
    rm "$typed/my-cache/${narinfo%.narinfo}".* "$typed/my-cache/$(sed -n 's/^URL: //p' "$cache/$narinfo")"
    (cd "$typed" && set -a && . "$narthex_data/narthex.env" && PATH="$tools/venv/bin:$PATH" bash -euc "$sync")
    typed_nix "${copy/.\/result/--no-check-sigs --from file://$cache $debug}"
    narthex status --wait=60 --json
    typed_nix "${fetch/\/nix\/store\/…/--to local?root=$typed/store $debug}"
    [ -d "$typed/store$debug" ]
}

typed_nix() { (set -a && . "$narthex_data/narthex.env" && current_nix "$run/typed/home" sh -euc "$1"); }

step "install the clients" install_all
step "build" make_cache
step "start" start
step "upload a path, its listing, debug information and log with Nix" upload_with_nix
step "upload the rest, a realisation with it" upload_the_rest
step "all verified" settled 2
step "the listing" listing
step "the debug information" debug_info
step "the log" log
step "the realisation" realisation
step "what somebody made up is not served" forged
step "stop" narthex_stop
step "start" start
step "upload the path without its listing and debug information" upload_alone
step "verified" settled 1
step "what is derived has the bytes that Nix itself writes" derived
step "stop" narthex_stop
step "start" start
step "the commands as they are printed" printed_commands
step "stop" narthex_stop
echo "all as it should be"

#!/usr/bin/env bash
# Real clients against `narthex up`: upload, verification, substitution, refusal, healing.
#
#   real-clients.sh [aws-sync | nix-copy | nix-multipart | healing]...        all of them without an argument
#
#   aws-sync       `aws s3 sync` of a file:// cache, in random order
#   nix-copy       `nix copy --to s3://…` of a current Nix, signed
#   nix-multipart  the same in parts of 5 MiB
# each with a whole closure, substituted again at both doors, and with a tampered copy of it, which is refused.
#
#   healing        a bad NAR, a bad narinfo, an overwritten NAR and narinfo, a missing signature: mended with stock Nix
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

closure=$run/closure
good=$closure/cache
multipart='multipart-upload=true&multipart-threshold=5242880&multipart-chunk-size=5242880'

make_closure() {
    "$acceptance/closure/build.sh" "$closure"
    public_key=$(cat "$closure/key.pub")
    store_paths_of "$good" > "$run/paths"
    count=$(wc -l < "$run/paths")
}

# A line for each tampered path: the tampering, the store path, the keys.
list_tampered() {
    python3 -c '
import json, sys
for line in sys.stdin:
    t = json.loads(line)
    print(t["tampering"], t["storePath"], *t["keys"])'
}

start() { narthex_start --trusted-public-key "$public_key"; }

# --- uploads ---

# The files in six random heaps, one `sync` each: narinfos before their NARs, referrers before their references.
upload_aws_sync() {
    local cache=$1 heaps
    heaps=$(mktemp -d "$run/heaps.XXXXXX")
    (cd "$cache" && find . -type f ! -name nix-cache-info -printf '%P\n') | shuf | split -n r/6 - "$heaps/list."
    for list in "$heaps"/list.*; do
        mkdir "$heaps/heap"
        (cd "$cache" && cp -l --parents -t "$heaps/heap" nix-cache-info $(cat "$list"))
        uploader_aws s3 sync "$heaps/heap" "s3://$bucket" --exclude nix-cache-info --only-show-errors
        rm -r "$heaps/heap"
    done
}

# upload_nix OPTIONS CACHE PATH...
upload_nix() {
    uploader_nix nix copy --no-check-sigs --from "file://$2" --to "$s3_store&profile=cache-upload&$1" "${@:3}"
}

upload_whole() {
    local variant=$1
    mapfile -t paths < "$run/paths"
    case $variant in
        aws-sync) upload_aws_sync "$good" ;;
        nix-copy) upload_nix compression=zstd "$good" "${paths[@]}" ;;
        nix-multipart) upload_nix "compression=none&$multipart" "$good" "${paths[@]}" ;;
    esac
}

# Nix itself refuses to copy most of a tampered cache. What it lets through it copies; the rest goes up as files.
upload_tampered_with_nix() {
    local options=$1 files tampering path keys key
    grep -vxFf <(cut -d ' ' -f 2 "$run/tampered.list") "$run/paths" > "$run/untampered"
    mapfile -t paths < "$run/untampered"
    upload_nix "$options" "$good" "${paths[@]}"
    files=$(mktemp -d "$run/files.XXXXXX")
    while read -r tampering path keys; do
        case $tampering in
            signature-* | reference-added) upload_nix "$options" "$run/tampered" "$path" ;;
            # A NAR that the tampering removed is not there to upload.
            *) for key in $keys; do
                if [ -e "$run/tampered/$key" ]; then (cd "$run/tampered" && cp -l --parents -t "$files" "$key"); fi
            done ;;
        esac
    done < "$run/tampered.list"
    uploader_aws s3 sync "$files" "s3://$bucket" --only-show-errors
}

upload_tampered() {
    case $1 in
        aws-sync) upload_aws_sync "$run/tampered" ;;
        nix-copy) upload_tampered_with_nix compression=zstd ;;
        nix-multipart) upload_tampered_with_nix "compression=none&$multipart" ;;
    esac
}

# --- readers ---

substitute_whole() {
    mapfile -t paths < "$run/paths"
    substitute "$1" "${paths[@]}"
    assert_equal "paths in the new store" "$count" "$(find "$substituted/nix/store" -maxdepth 1 -name '*-*' | wc -l)"
}

substitute_with_debian_nix() {
    local store
    store=$(mktemp -d "$run/store.XXXXXX")
    debian_nix nix-store --store "local?root=$store" --realise $(cat "$closure/roots") \
        --option substituters "$cache_url" --option trusted-public-keys "$public_key" --option require-sigs true
    assert_equal "paths in the new store" "$((count - 1))" "$(find "$store/nix/store" -maxdepth 1 -name '*-*' | wc -l)"
}

# --- runs ---

whole_closure() {
    step "$1: start" start
    step "$1: upload $count paths" upload_whole "$1"
    step "$1: all $count verified" settled "$count"
    step "$1: substitute from the cache URL" substitute_whole "$cache_url"
    step "$1: substitute from the S3 endpoint, anonymously" substitute_whole "$s3_store"
    if [ "$1" = aws-sync ]; then step "$1: substitute with Debian's Nix" substitute_with_debian_nix; fi
    step "$1: stop" narthex_stop
}

tampered_closure() {
    local tampered
    rm -rf "$run/tampered"
    step "$1: tamper" make_tampered
    tampered=$(wc -l < "$run/tampered.jsonl")
    step "$1: start" start
    watch_doors
    step "$1: upload a copy with $tampered tampered paths" upload_tampered "$1"
    step "$1: the other $((count - tampered)) verified" settled "$((count - tampered))"
    step "$1: no tampered path was served meanwhile" doors_stayed_shut
    step "$1: every tampered path is refused with a reason" refused
    cat "$run/refused"
    step "$1: stop" narthex_stop
}

make_tampered() {
    "$acceptance/tamper.py" "$good" "$run/tampered" --huge > "$run/tampered.jsonl"
    list_tampered < "$run/tampered.jsonl" > "$run/tampered.list"
}

look() {
    "$acceptance/refused.py" "$run/tampered.jsonl" --cache-url "$cache_url" --s3-url "$s3_url/$bucket" "$@"
}

# exec: the signal that ends it must reach it.
watch_doors() {
    (exec "$acceptance/refused.py" "$run/tampered.jsonl" --cache-url "$cache_url" --s3-url "$s3_url/$bucket" --watch) \
        > "$run/watch" 2>&1 &
    watch_pid=$!
    background_pids=("$watch_pid")
}

doors_stayed_shut() {
    kill "$watch_pid"
    wait "$watch_pid" || { cat "$run/watch"; fail "a tampered path was served"; }
    background_pids=()
}

refused() {
    look --why "$repository/narthex why --data $narthex_data --json" > "$run/refused" || { cat "$run/refused"; return 1; }
}

# The good cache as the current Nix writes it, so that a new push has the keys of the spoilt one.
make_healing_caches() {
    mapfile -t paths < "$run/paths"
    current_nix "$run/home" nix copy --no-check-sigs --from "file://$good" --to "file://$run/current?compression=none" \
        "${paths[@]}"
    "$acceptance/tamper.py" "$run/current" "$run/spoilt" \
        --ways nar-byte-flipped,narinfo-twice,signature-missing > "$run/spoilt.jsonl"
    while read -r tampering path _; do spoilt[$tampering]=$path; done < <(list_tampered < "$run/spoilt.jsonl")
}

push_again() {
    uploader_nix nix copy --refresh --no-check-sigs --from "file://$run/current" \
        --to "$s3_store&profile=cache-upload&compression=none" "$@"
}

sign_in_place() {
    uploader_nix nix store sign --store "$s3_store&profile=cache-upload" --key-file "$closure/key.sec" "$1"
}

# A path that is verified, its NAR replaced by another's, then its narinfo by nonsense.
overwrite_verified() {
    local path=$1 narinfo nar
    narinfo=$(basename "$path" | cut -c 1-32).narinfo
    nar=$(sed -n 's/^URL: //p' "$run/current/$narinfo")
    echo "other bytes" | uploader_aws s3 cp --only-show-errors - "s3://$bucket/$nar"
    echo "no narinfo" | uploader_aws s3 cp --only-show-errors - "s3://$bucket/$narinfo"
}

healing() {
    declare -A spoilt
    step "healing: prepare" make_healing_caches
    step "healing: start" start
    step "healing: upload with a bad NAR, a bad narinfo, a missing signature" upload_aws_sync "$run/spoilt"
    step "healing: all but three verified" settled "$((count - 3))"
    step "healing: push the bad NAR's path again" push_again "${spoilt[nar-byte-flipped]}"
    step "healing: verified" settled "$((count - 2))"
    step "healing: push the bad narinfo's path again" push_again "${spoilt[narinfo-twice]}"
    step "healing: verified" settled "$((count - 1))"
    step "healing: sign the unsigned path" sign_in_place "${spoilt[signature-missing]}"
    step "healing: verified" settled "$count"
    step "healing: overwrite a verified path" overwrite_verified "${spoilt[nar-byte-flipped]}"
    step "healing: the overwrites are settled" narthex status --wait=60 --json
    step "healing: push it again" push_again "${spoilt[nar-byte-flipped]}"
    step "healing: verified" settled "$count"
    step "healing: substitute from the cache URL" substitute_whole "$cache_url"
    step "healing: substitute from the S3 endpoint" substitute_whole "$s3_store"
    step "healing: stop" narthex_stop
}

step "install the clients" install_clients
step "build the closure" make_closure
[ $# -gt 0 ] || set -- aws-sync nix-copy nix-multipart healing
for part; do
    case $part in
        healing) healing ;;
        aws-sync | nix-copy | nix-multipart)
            whole_closure "$part"
            tampered_closure "$part"
            ;;
        *) fail "real-clients.sh: no part named $part" ;;
    esac
done
echo "all as it should be"

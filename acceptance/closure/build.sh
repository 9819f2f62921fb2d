#!/usr/bin/env bash
# Builds closure.nix with Debian's Nix and exports it, signed with a key of its own, as one file:// cache whose paths
# are compressed in every way that Nix offers.
#
#   build.sh OUTPUT        makes OUTPUT/cache, OUTPUT/key.sec, OUTPUT/key.pub, OUTPUT/roots, OUTPUT/unsigned (store paths)
#
# Debian 12's nix-bin (2.8) builds it: no daemon, no sandbox, /nix bound in a mount namespace.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

output=${1:?usage: build.sh OUTPUT}
compressions=(xz zstd bzip2 gzip none lz4 br)

build_world() {
    debian_nix nix-build "$acceptance/closure/closure.nix" --no-out-link > "$output/roots"
    debian_nix nix-instantiate --eval --read-write-mode -E 'builtins.toFile "text-tip" "a text\n"' \
        | tr -d '"' >> "$output/roots"
    echo "stored, not built" > "$run/added"
    debian_nix nix store add-path --name added-tip "$run/added" > "$output/unsigned"
}

make_key() {
    debian_nix nix key generate-secret --key-name acceptance-1 > "$output/key.sec"
    debian_nix nix key convert-secret-to-public < "$output/key.sec" > "$output/key.pub"
}

# References come before referrers, and so do the slices: a cache refuses a path whose references it does not have.
export_cache() {
    local paths slice i
    mapfile -t paths < <(debian_nix nix-store --query --requisites $(cat "$output/roots"))
    slice=$(((${#paths[@]} + ${#compressions[@]} - 1) / ${#compressions[@]}))
    for i in "${!compressions[@]}"; do
        debian_nix nix copy --no-recursive --no-check-sigs \
            --to "file://$output/cache?compression=${compressions[i]}&secret-key=$output/key.sec" \
            "${paths[@]:i * slice:slice}"
    done
    debian_nix nix copy --to "file://$output/cache?compression=xz" $(cat "$output/unsigned")
}

mkdir -p "$output"
output=$(cd "$output" && pwd)
step "install Nix" install_missing nix=nix-bin
step "build the closure" build_world
step "make a signing key" make_key
step "export it, signed, in ${#compressions[@]} compressions" export_cache
echo "           $(ls "$output"/cache/*.narinfo | wc -l) paths, $(du -sh "$output/cache" | cut -f 1)"

#!/usr/bin/env bash
# Makes file:// caches for benchmarks of `narthex audit`: Debian packages, unpacked, each a store path, copied and signed by Debian's
# Nix; the same paths in xz, in zstd and uncompressed.
#
#   caches.sh OUTPUT [MEGABYTES]      makes OUTPUT/{xz,zstd,none} and OUTPUT/key.pub, of so many megabytes unpacked (default 600)
#
# What is there stays. OUTPUT/nix is a script that runs that Nix, which has its own /nix.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

output=${1:?usage: caches.sh OUTPUT [MEGABYTES]}
megabytes=${2:-600}
mkdir -p "$output"
output=$(cd "$output" && pwd)

# Programs, libraries, documentation, data, fonts and many small packages, as a cache has them.
packages=(hello tzdata mawk bc jq file grep sed tar gzip bzip2 xz-utils zstd diffutils patch make libc6 libgmp10 libncurses6 libssl3
    libsqlite3-0 libxml2 libcurl4 zlib1g curl wget less nano openssl bash coreutils findutils perl-base perl-modules-5.36
    libpython3.11-stdlib python3.11-minimal git vim-runtime libicu72 libstdc++6 libgcc-12-dev libstdc++-12-dev cpp-12 gcc-12 g++-12 gdb
    cmake-data libboost1.74-dev fonts-dejavu-core fonts-noto-core emacs-common libllvm14 golang-1.19-src openjdk-17-jre-headless
    libwebkit2gtk-4.0-37 libreoffice-core libqt5webengine5 linux-image-amd64 firefox-esr texlive-latex-extra-doc thunderbird)

download() {
    apt-get update -q
    mkdir -p "$output/debs"
    local package size=0
    cd "$output/debs"
    for package in "${packages[@]}"; do
        [ "$size" -lt $((megabytes * 1000)) ] || break
        ls "${package}"_*.deb > /dev/null 2>&1 || apt-get download -q "$package" || continue
        size=$((size + $(dpkg-deb --field "$(ls -d "${package}"_*.deb)" Installed-Size)))
    done
}

add() {
    local deb name tree=$output/tree
    : > "$output/paths"
    for deb in "$output"/debs/*.deb; do
        name=$(basename "$deb" .deb | sed 's/_[^_]*$//; s/[^A-Za-z0-9+._-]/-/g')
        rm -rf --one-file-system "$tree"
        mkdir "$tree"
        dpkg-deb -x "$deb" "$tree"
        debian_nix nix store add-path --name "$name" "$tree" >> "$output/paths"
    done
    rm -rf --one-file-system "$tree"
}

make_key() {
    [ -e "$output/key.sec" ] || debian_nix nix key generate-secret --key-name audited-1 > "$output/key.sec"
    debian_nix nix key convert-secret-to-public < "$output/key.sec" > "$output/key.pub"
}

copy() {
    debian_nix nix copy --no-check-sigs --to "file://$output/$1?compression=$1&secret-key=$output/key.sec" $(cat "$output/paths")
}

write_nix() {
    cat > "$output/nix" <<SCRIPT
#!/usr/bin/env bash
export HOME=$output NIX_CONFIG='build-users-group =
sandbox = false
filter-syscalls = false
substituters =
experimental-features = nix-command'
exec unshare --mount --propagation private sh -c 'mount --bind "\$1" /nix && shift && exec nix "\$@"' nix $tools/debian-nix "\$@"
SCRIPT
    chmod +x "$output/nix"
}

if [ -e "$output/made" ]; then exit; fi
step "install Nix" install_missing nix=nix-bin zstd=zstd xz=xz-utils openssl=openssl
step "download packages" download
step "add them to a store" add
step "make a signing key" make_key
for compression in none zstd xz; do step "copy them to a cache, $compression" copy "$compression"; done
write_nix
touch "$output/made"
echo "           $(wc -l < "$output/paths") paths, $(du -sh "$output"/{xz,zstd,none} | tr '\n\t' '; ')"

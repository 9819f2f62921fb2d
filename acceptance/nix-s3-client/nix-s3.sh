#!/usr/bin/env bash
# A stock Nix client (Debian sid's nix-bin) whose s3:// store signs its requests, on a Debian machine without Nix.
#
#   nix-s3.sh --setup                    make the chroot only (about a minute the first time, about 230 MB)
#   nix-s3.sh --pack FILE.tar.xz         save the chroot, without /nix; see NIXS3_TARBALL
#   nix-s3.sh ARG...                     run `nix ARG...` in it
#   nix-s3.sh nix-store|nix-build... ARG...   or one of the older commands, or a shell of the chroot
#
# Needs root (chroot, mount) and debootstrap (installed with apt-get when missing). The network is the host's, so a
# server on 127.0.0.1 is reached as such. Mounts are made in a mount namespace of this one run; nothing stays mounted.
#
#   NIXS3_ROOT     where the chroot is              default: acceptance/.work/nix-s3-root
#   NIXS3_WORK     working folder, visible inside under the same path        default: the current directory
#   NIXS3_HOME     HOME of the client: .aws/credentials, .cache/nix, .config/nix      default: $NIXS3_WORK/.nix-home
#   NIXS3_TARBALL  a file made by --pack, unpacked when Debian no longer has the package
#                  default: ../shared/clients/nix-sid-root.tar.xz, seen from the repository
#   NIXS3_SIGN     0 = do not load the signing library: the client then sends anonymous requests
#
# AWS_*, NIX_*, XDG_*, SSL_CERT_FILE and *_proxy variables of the caller are passed on.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(dirname "$here")/.work
root=${NIXS3_ROOT:-$scratch/nix-s3-root}
tarball=${NIXS3_TARBALL:-$(dirname "$(dirname "$here")")/../shared/clients/nix-sid-root.tar.xz}
library=$scratch/libs3sign.so
ready=$root/.nix-s3-ready
log=$root.log

say() { echo "nix-s3: $*" >&2; }
die() { say "$*"; exit 1; }

[ "$(id -u)" = 0 ] || die "must be root (chroot and mount)"

debian_mirror() {
    cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | awk '
        $1 == "URIs:" { print $2; exit }
        $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) { print $i; exit } }' || true
}

# Runs a command in the chroot, in a mount namespace of its own.
in_root() {
    unshare --mount --propagation private sh -c '
        root=$1; shift
        mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" || exit 1
        exec chroot "$root" "$@"' in_root "$root" "$@"
}

install_debootstrap() {
    command -v debootstrap >/dev/null && return
    apt-get update -q && apt-get install -y -q --no-install-recommends debootstrap
}

# Every step has its own exit: `set -e` is off in a function that is called as a condition.
from_debian() {
    local mirror
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || { echo "no Debian mirror in the apt sources"; return 1; }
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
    install_debootstrap || return 1
    rm -rf --one-file-system "$root" || return 1
    debootstrap --variant=minbase sid "$root" "$mirror" || return 1
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/" || return 1
    # A mirror's sid index may be past its date; its signature is still checked.
    echo 'Acquire::Check-Valid-Until "false";' > "$root/etc/apt/apt.conf.d/90-old-index"
    printf 'path-exclude /usr/share/%s/*\n' doc man locale > "$root/etc/dpkg/dpkg.cfg.d/90-small"
    in_root sh -c 'apt-get update -q && apt-get -y -q -f install &&
        apt-get install -y -q --no-install-recommends nix-bin ca-certificates &&
        apt-get clean && rm -rf /var/lib/apt/lists/*'
}

from_tarball() {
    [ -f "$tarball" ] || { echo "no $tarball"; return 1; }
    rm -rf --one-file-system "$root" || return 1
    mkdir -p "$root" || return 1
    tar -C "$root" --numeric-owner -xpf "$tarball"
}

configure() {
    mkdir -p "$root/etc/nix" "$root/nix"
    cat > "$root/etc/nix/nix.conf" <<'CONF'
build-users-group =
sandbox = false
filter-syscalls = false
substituters =
trusted-public-keys =
experimental-features = nix-command flakes
flake-registry =
CONF
}

setup() {
    mkdir -p "$scratch" "$(dirname "$root")"
    exec 9> "$root.lock"
    flock -w 900 9 || die "another setup is running"
    if [ ! -e "$ready" ]; then
        say "making $root from Debian (once)"
        if ! from_debian > "$log" 2>&1 9>&-; then
            say "Debian did not give a nix-bin, see $log; unpacking $tarball"
            from_tarball >> "$log" 2>&1 9>&- || die "no chroot, see $log"
        fi
        configure
        touch "$ready"
    fi
    [ "$library" -nt "$here/s3sign.c" ] || "$here/build.sh" "$library" >&2
    cmp -s "$library" "$root/usr/lib/libs3sign.so" || install -m 644 "$library" "$root/usr/lib/libs3sign.so"
    exec 9>&-
}

pack() {
    tar -C "$root" --numeric-owner --one-file-system --exclude=./nix --exclude=./.nix-s3-ready \
        --exclude='./var/cache/*' --exclude='./tmp/*' --exclude='./proc/*' --exclude='./dev/*' -cJf "$1" .
}

setup
case ${1:-} in
    --setup) exit 0 ;;
    --pack) pack "$2"; exit ;;
    nix | nix-* | sh | bash) cmd=("$@") ;;
    *) cmd=(nix "$@") ;;
esac

work=$(cd "${NIXS3_WORK:-$PWD}" && pwd -P)
case $work in
    / | /nix* | /usr* | /etc* | /proc* | /dev* | /bin* | /lib* | /sbin*) die "NIXS3_WORK cannot be $work" ;;
esac
home=${NIXS3_HOME:-$work/.nix-home}
mkdir -p "$home"
dir=$(pwd -P)
case $dir/ in "$work"/*) ;; *) dir=$work ;; esac

vars=(PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LC_ALL=C.UTF-8 USER=root HOME="$home" TERM="${TERM:-dumb}")
while IFS='=' read -r -d '' name value; do
    case $name in
        NIXS3_*) ;;
        AWS_* | NIX_* | XDG_*_HOME | SSL_CERT_FILE | *_proxy | *_PROXY | NO_COLOR) vars+=("$name=$value") ;;
    esac
done < <(env -0)
[ "${NIXS3_SIGN:-1}" = 0 ] || vars+=(LD_PRELOAD=/usr/lib/libs3sign.so)

# exec, so that the caller's signals and the exit status are the client's own
NIXS3_BIND=$work exec unshare --mount --propagation private sh -c '
    root=$1 dir=$2; shift 2
    mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" || exit 1
    mkdir -p "$root$NIXS3_BIND" && mount --bind "$NIXS3_BIND" "$root$NIXS3_BIND" || exit 1
    exec chroot "$root" env -i -C "$dir" "$@"' nix-s3 "$root" "$dir" "${vars[@]}" "${cmd[@]}"

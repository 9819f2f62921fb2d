#!/usr/bin/env bash
# Compiles s3sign.c. Needs a C compiler and nothing else (no curl or Nix headers). About a second.
#   build.sh OUTPUT
# Build on Debian 12 or older: a library built there runs in the newer sid chroot, not the other way round.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: build.sh OUTPUT}
"${CC:-cc}" -O2 -Wall -Wextra -Werror -fPIC -shared -Wl,-s -Wl,--build-id=none -o "$out" "$here/s3sign.c"

# A small world to upload: a tower of layers, each on the one below; what a package has (executables, symlinks, empty
# and nested directories, odd names, a reference to itself); one path large enough for a multipart upload; and tips,
# to which nothing refers, so that one of them can be spoilt without spoiling another.
let
  # The builders use nothing but a shell and coreutils of the machine they run on.
  build = name: attributes: script: derivation ({
    inherit name;
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-euc" "export PATH=/usr/bin:/bin; ${script}" ];
  } // attributes);

  range = from: to: builtins.genList (n: from + n) (to - from + 1);

  layer = n:
    let below = if n == 0 then [ ] else [ (layers n) ];
    in build "layer-${toString n}" { inherit below; } ''
      mkdir -p $out/share
      echo "layer ${toString n} stands on $below" > $out/share/layer
    '';
  # One below, and one half-way down: references that skip levels.
  layers = n: "${tower (n - 1)} ${tower (n / 2)}";
  tower = n: if n < 0 then "nothing" else builtins.elemAt floors n;
  floors = builtins.genList layer 30;

  # Whoever fetches it in one piece or in several must get the same; nothing compresses it.
  bulk = build "bulk-20mb" { } ''
    mkdir $out
    head -c 20000000 /dev/urandom > $out/noise
  '';

  package = build "package-1.0" { lib = tower 29; } ''
    mkdir -p $out/bin $out/lib/empty "$out/share/odd names/deep/er"
    printf '#!/bin/sh\necho from %s\n' $out > $out/bin/hello
    chmod +x $out/bin/hello
    ln -s hello $out/bin/hi
    ln -s $lib/share/layer $out/lib/layer
    ln -s /nowhere/at/all $out/lib/dangling
    : > $out/share/empty
    printf 'caf\303\251' > "$out/share/odd names/caf$(printf '\303\251')"
    echo deep > "$out/share/odd names/deep/er/file"
  '';

  file = build "one-file" { } ''echo "just a file" > $out'';
  link = build "one-link" { target = file; } ''ln -s $target $out'';

  system = build "system" { parts = [ package bulk file link (tower 7) (tower 29) ]; } ''
    mkdir $out
    for part in $parts; do ln -s $part $out/$(basename $part | cut -c 34-); done
  '';

  tip = n: build "tip-${toString n}" { base = tower n; } ''
    mkdir -p $out/bin
    seq ${toString (n * 1000)} ${toString (n * 1000 + 400)} > $out/numbers
    printf '#!/bin/sh\ncat %s/share/layer\n' $base > $out/bin/tip
    chmod +x $out/bin/tip
  '';

  fixed = name: mode: hash: build name {
    outputHashMode = mode;
    outputHashAlgo = "sha256";
    outputHash = hash;
  };

  # Content-addressed. The third classic way, a text, is no derivation: build.sh adds it.
  addressed = [
    (fixed "flat-tip" "flat" (builtins.hashString "sha256" "a flat file\n") "echo 'a flat file' > $out")
    (fixed "recursive-tip" "recursive" "124i9ibxhcj930gm16h7b7df9abvn8v0ix8av7m6ldfgwrzfzn1n" "mkdir $out; echo recursive > $out/file")
  ];
in
[ system ] ++ map tip (range 0 27) ++ addressed

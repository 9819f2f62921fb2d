# What Nix uploads beside narinfos and NARs: a path with debug information, builds that log, and a content-addressed
# derivation, whose output is known by a realisation. `run` makes derivations that no store has built yet: a store signs
# a realisation when it builds, with the key of that time.
{ run }:
let
  build = name: attributes: script: derivation ({
    inherit name run;
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-euc" "export PATH=/usr/bin:/bin; ${script}" ];
  } // attributes);
in
{
  debug = build "program-1.0-debug" { } ''
    echo "building program-1.0-debug"
    mkdir -p $out/lib/debug/.build-id/a5 "$out/share/odd name"
    echo "debug information" > $out/lib/debug/.build-id/a5/0123456789abcdef0123456789abcdef012345.debug
    ln -s ../lib "$out/share/odd name/lib"
  '';

  addressed = build "content-addressed" {
    __contentAddressed = true;
    outputHashMode = "recursive";
    outputHashAlgo = "sha256";
  } ''
    mkdir $out
    echo "whatever its inputs, this is what it is" > $out/file
  '';
}

# As much of NixOS as docs/recipes/narthex.nix asks for: evaluates the module with these settings of services.narthex and gives
# what it configures.
{ module, settings }:
let
  merge = a: b: a // builtins.mapAttrs (name: value:
    if builtins.isAttrs value && a ? ${name} && builtins.isAttrs a.${name} then merge a.${name} value else value) b;
  lib = {
    mkOption = option: option;
    mkEnableOption = what: { type = "bool"; default = false; description = "Whether to enable ${what}."; };
    mkIf = condition: content: if condition then content else { };
    mkMerge = builtins.foldl' merge { };
    types = { str = "str"; bool = "bool"; listOf = type: "list of ${type}"; nullOr = type: "null or ${type}"; attrsOf = type: "attributes of ${type}"; };
    escapeShellArg = text: "'" + builtins.replaceStrings [ "'" ] [ "'\\''" ] text + "'";
    makeBinPath = packages: builtins.concatStringsSep ":" (map (package: "${package}/bin") packages);
  };
  defaults = options: builtins.mapAttrs (_: option:
    if option ? description then option.default or (throw "an option without a value") else defaults option) options;
  evaluated = import module {
    inherit lib;
    pkgs = { bash = "/pkgs/bash"; coreutils = "/pkgs/coreutils"; util-linux = "/pkgs/util-linux"; writeShellScript = _: text: text; };
    config = {
      nix.package = "/pkgs/nix";
      services.narthex = merge (defaults evaluated.options.services.narthex) settings;
    };
  };
in
evaluated.config

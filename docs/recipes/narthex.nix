# A NixOS module: substitutes from a Narthex cache and, if asked, uploads what this machine builds.
#
#   imports = [ ./narthex.nix ];       # post-build-hook.sh lies beside it
#   services.narthex = {
#     enable = true;
#     url = "https://abcdefghij.execute-api.eu-west-2.amazonaws.com";       # the output CacheUrl
#     publicKeys = [ "example-1:…" ];
#   };
{ config, lib, pkgs, ... }:
let
  cfg = config.services.narthex;
  flag = value: if value then "1" else "0";
  netrc = if cfg.netrcFile == null then "/etc/nix/netrc" else cfg.netrcFile;
  hook = pkgs.writeShellScript "narthex-post-build-hook" ''
    export PATH=${lib.makeBinPath [ config.nix.package pkgs.bash pkgs.coreutils pkgs.util-linux ]}
    exec ${pkgs.bash}/bin/bash ${./post-build-hook.sh}
  '';
in
{
  options.services.narthex = {
    enable = lib.mkEnableOption "substitution from a Narthex binary cache";
    url = lib.mkOption {
      type = lib.types.str;
      example = "https://cache.example.org";
      description = "Where to substitute from.";
    };
    publicKeys = lib.mkOption {
      type = lib.types.listOf lib.types.str;
      example = [ "cache.example.org-1:AAAA…=" ];
      description = "Keys whose signatures this machine trusts.";
    };
    netrcFile = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = null;
      example = "/run/secrets/netrc";
      description = "File with the line of the output Netrc, for a cache that asks for credentials. Not in the Nix store.";
    };
    login = {
      enable = lib.mkEnableOption "a login with this machine's AWS credentials, renewed every six hours";
      command = lib.mkOption {
        type = lib.types.str;
        example = "/opt/narthex/narthex";
        description = "The launcher of Narthex.";
      };
      environment = lib.mkOption {
        type = lib.types.attrsOf lib.types.str;
        default = { };
        example = { AWS_PROFILE = "cache"; AWS_REGION = "eu-west-2"; };
        description = "Which credentials of root to use; none on a machine of EC2 with a role.";
      };
    };
    upload = {
      enable = lib.mkEnableOption "the upload of everything this machine builds";
      store = lib.mkOption {
        type = lib.types.str;
        example = "s3://example-nix-cache?region=eu-west-2&profile=cache-upload&secret-key=/run/secrets/cache.sec";
        description = "Where to upload: the output UploadUrl, with the file of the key that signs.";
      };
      background = lib.mkOption {
        type = lib.types.bool;
        default = false;
        description = "Whether builds go on while the upload runs.";
      };
      strict = lib.mkOption {
        type = lib.types.bool;
        default = false;
        description = "Whether an upload that fails fails the build.";
      };
    };
  };

  config = lib.mkIf cfg.enable (lib.mkMerge [
    {
      assertions = [
        {
          assertion = !(cfg.upload.strict && cfg.upload.background);
          message = "services.narthex.upload: nobody waits for an upload in the background, so it cannot be strict";
        }
      ];
      nix.settings = {
        substituters = [ cfg.url ];
        trusted-public-keys = cfg.publicKeys;
      };
    }
    (lib.mkIf (cfg.netrcFile != null) { nix.settings.netrc-file = cfg.netrcFile; })
    (lib.mkIf cfg.login.enable {
      systemd.services.narthex-login = {
        description = "Login to the Nix cache";
        wants = [ "network-online.target" ];
        after = [ "network-online.target" ];
        startLimitIntervalSec = 3600;
        startLimitBurst = 20;
        environment = { HOME = "/root"; } // cfg.login.environment;
        serviceConfig = {
          Type = "oneshot";
          ExecStart = "${cfg.login.command} login --cache ${cfg.url} --netrc ${netrc}";
          Restart = "on-failure";
          RestartSec = "2min";
          UMask = "0077";
        };
      };
      # A login is good for 12 hours: a machine may miss a turn.
      systemd.timers.narthex-login = {
        wantedBy = [ "timers.target" ];
        timerConfig = { OnCalendar = "*-*-* 00/6:00:00"; RandomizedDelaySec = "30min"; Persistent = true; };
      };
    })
    (lib.mkIf cfg.upload.enable {
      nix.settings.post-build-hook = hook;
      environment.etc."narthex/upload.conf".text = ''
        NARTHEX_STORE=${lib.escapeShellArg cfg.upload.store}
        NARTHEX_BACKGROUND=${flag cfg.upload.background}
        NARTHEX_STRICT=${flag cfg.upload.strict}
        NARTHEX_LOG=/var/log/narthex-upload.log
      '';
    })
  ]);
}

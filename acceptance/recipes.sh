#!/usr/bin/env bash
# The recipes in docs/recipes: the hook run by stock Nix, the shell of the workflow against `narthex up`, the module evaluated.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
recipes=$repository/docs/recipes

install_all() {
    install_clients
    install_missing shellcheck=shellcheck systemd-analyze=systemd
    [ -x "$tools/lint/bin/check-jsonschema" ] && return 0
    python3 -m venv "$tools/lint"
    "$tools/lint/bin/pip" install -q check-jsonschema==0.39.0
}

lint() {
    shellcheck "$recipes/post-build-hook.sh"
    "$tools/lint/bin/check-jsonschema" --builtin-schema vendor.github-workflows "$recipes"/github-actions*.yml
    scripts
    shellcheck --shell bash --exclude SC2016 "$run"/workflow.*
}

# The shell of the workflow's steps, a file each, named for the step.
scripts() {
    "$tools/lint/bin/python" - "$run" "$recipes"/github-actions*.yml <<'PYTHON'
import sys
from ruamel.yaml import YAML
for workflow in sys.argv[2:]:
    for job in YAML(typ="safe").load(open(workflow))["jobs"].values():
        for step in job["steps"]:
            if "run" in step and "name" in step:
                open(f"{sys.argv[1]}/workflow.{step['name'].split()[0].lower()}", "w").write(step["run"])
PYTHON
}

# With a program in the place of the launcher, which need not be installed here.
units_are_right() {
    mkdir -p "$run/units"
    cp "$recipes"/narthex-login.* "$run/units"
    sed -i 's,/usr/local/bin/narthex,/bin/true,' "$run/units/narthex-login.service"
    systemd-analyze verify "$run/units/narthex-login.service" "$run/units/narthex-login.timer"
    systemd-analyze calendar '*-*-* 00/6:00:00' > /dev/null
}

# module SETTINGS EXPRESSION: what the module configures.
module() {
    debian_nix nix-instantiate --eval --strict --json --expr \
        "let c = import $acceptance/recipes/stub.nix { module = $recipes/narthex.nix; settings = $1; }; in $2"
}

module_is_right() {
    local reader='{ enable = true; url = "https://c.example"; publicKeys = [ "k:x" ]; }'
    local both='{ enable = true; url = "https://c.example"; publicKeys = [ ]; netrcFile = "/n"; upload = { enable = true; store = "s3://b?a=1"; strict = true; }; }'
    assert_equal "a machine that only reads" \
        '{"substituters":["https://c.example"],"trusted-public-keys":["k:x"]}' "$(module "$reader" c.nix.settings)"
    assert_equal "switched off" '{}' "$(module '{ }' c)"
    assert_equal "the netrc" '"/n"' "$(module "$both" c.nix.settings.netrc-file)"
    module "$both" c.nix.settings.post-build-hook | grep -F 'post-build-hook.sh'
    assert_equal "the settings of the hook" \
        "\"NARTHEX_STORE='s3://b?a=1'\\nNARTHEX_BACKGROUND=0\\nNARTHEX_STRICT=1\\nNARTHEX_LOG=/var/log/narthex-upload.log\\n\"" \
        "$(module "$both" 'c.environment.etc."narthex/upload.conf".text')"
    local login='{ enable = true; url = "https://c.example"; publicKeys = [ ]; login = { enable = true; command = "/opt/n"; environment.AWS_PROFILE = "p"; }; }'
    assert_equal "the login" '"/opt/n login --cache https://c.example --netrc /etc/nix/netrc"' \
        "$(module "$login" c.systemd.services.narthex-login.serviceConfig.ExecStart)"
    assert_equal "its credentials" '{"AWS_PROFILE":"p","HOME":"/root"}' \
        "$(module "$login" c.systemd.services.narthex-login.environment)"
    assert_equal "its turns" true "$(module "$login" c.systemd.timers.narthex-login.timerConfig.Persistent)"
    assert_equal "strict in the background is refused" false \
        "$(module "${both/strict = true;/strict = true; background = true;}" '(builtins.head c.assertions).assertion')"
}

start() {
    key=$run/signing-key.sec
    current_nix "$run/keys" nix key generate-secret --key-name recipes-1 > "$key"
    narthex_start --trusted-public-key "$(current_nix "$run/keys" nix key convert-secret-to-public < "$key")"
    upload_store="$s3_store&profile=cache-upload&compression=zstd"
}

# built NAME CONFIG: builds a new path, with the hook and these settings of it; sets built.
built() {
    printf '%s\n' "$2" > "$run/$1.conf"
    cp "$recipes/post-build-hook.sh" "$run/hook.sh"
    built=$(uploader_nix sh -euc 'export NARTHEX_UPLOAD_CONFIG=$1; exec nix build --no-link --print-out-paths --impure \
        --option post-build-hook "$2" --expr "derivation { name = \"$3\"; system = builtins.currentSystem; builder = \"/bin/sh\";
        args = [ \"-c\" \"echo $3 $4 > \$out\" ]; }"' hook "$run/$1.conf" "$run/hook.sh" "$1" "$EPOCHREALTIME")
    [ -n "$built" ]
}

served() { NIXS3_SIGN=0 current_nix "$run/reader" nix path-info --store "$cache_url" --refresh "$1"; }

hook_uploads() {
    built uploaded "NARTHEX_STORE='$upload_store&secret-key=$key'"
    narthex wait "$built"
    served "$built"
}

hook_in_the_background() {
    built behind "NARTHEX_STORE='$upload_store&secret-key=$key'
NARTHEX_BACKGROUND=1
NARTHEX_LOG=$run/behind.log"
    wait_for "the upload behind the build" 60 narthex wait --timeout 1 "$built"
    served "$built"
}

nowhere=s3://nowhere\?endpoint=http://127.0.0.1:9\&region=us-east-1

hook_fails_no_build_unasked() {
    built lonely "NARTHEX_STORE='$nowhere'
NARTHEX_TRIES=1
NARTHEX_TIMEOUT=5"
}

hook_fails_it_if_asked() {
    if built strict "NARTHEX_STORE='$nowhere'
NARTHEX_TRIES=1
NARTHEX_TIMEOUT=5
NARTHEX_STRICT=1"; then fail "the build went well"; fi
}

# As on a runner: the key in a variable, the paths in a file, and the steps after each other.
workflow() {
    local work=$run/workflow
    mkdir -p "$work"
    built by-workflow "NARTHEX_STRICT=0"
    echo "$built" > "$work/paths"
    (
        cd "$work"
        cp "$run"/workflow.* .
        AWS_PROFILE=cache-upload NIX_SIGNING_KEY=$(cat "$key") NIX_UPLOAD=$s3_store uploader_nix \
            bash -euo pipefail -c 'export RUNNER_TEMP=$PWD CACHE_STORE=$NIX_UPLOAD; . ./workflow.sign'
        [ ! -e signing-key ] || fail "the key is still there"
        NIXS3_SIGN=0 NIX_URL=$cache_url current_nix "$run/reader" bash -euo pipefail -c 'export CACHE_URL=$NIX_URL; . ./workflow.wait'
    )
    served "$built"
}

step "install the clients" install_all
step "lint" lint
step "the units" units_are_right
step "the module, evaluated" module_is_right
step "start" start
step "the hook uploads what Nix builds" hook_uploads
step "the hook uploads behind the build" hook_in_the_background
step "an upload that fails does not fail the build" hook_fails_no_build_unasked
step "unless it is asked to" hook_fails_it_if_asked
step "the shell of the workflow" workflow
step "stop" narthex_stop
echo "all passed"

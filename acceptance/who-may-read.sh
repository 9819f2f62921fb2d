#!/usr/bin/env bash
# Who may read, with real clients at both doors.
#
#   who-may-read.sh [manual | teams]...        both without an argument
#
#   manual   the three sections of the Nix manual about S3, followed word for word: anonymous reads, authenticated reads with a restricted
#            Principal, authenticated writes by a user who can do nothing else
#   teams    two teams, an auditor and a repository's CI on one cache: tokens, tags, OpenID Connect, `narthex login`, revocation
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

closure=$run/closure
good=$closure/cache
account=123456789012
# A policy is a minute old at most, and the machine may be slow.
policy_seconds=90

make_closure() {
    "$acceptance/closure/build.sh" "$closure"
    public_key=$(cat "$closure/key.pub")
    mapfile -t paths < <(store_paths_of "$good")
}

# --- people ---

aws_of() { HOME="$run/home-$1" "$tools/venv/bin/aws" --profile "$1" --region "$region" --endpoint-url "$s3_url" "${@:2}"; }

admin_aws() {
    AWS_SHARED_CREDENTIALS_FILE="$narthex_data/aws-credentials" "$tools/venv/bin/aws" --profile admin --region "$region" \
        --endpoint-url "$s3_url" "$@"
}

# make_user NAME OPTION...: with a profile of that name in a home of its own.
make_user() {
    mkdir -p "$run/home-$1/.aws"
    narthex user create "$1" --profile-file "$run/home-$1/.aws/credentials" "${@:2}"
}

# make_token NAME PRINCIPAL OPTION...: its line is in NAME.netrc; the id of the token is its third word.
make_token() {
    install -m 600 /dev/null "$run/$1.netrc"
    narthex token create --principal "$2" "${@:3}" > "$run/$1.netrc"
}

token_of() { sed -n 's/.* login \([^ ]*\) .*/\1/p' "$run/$1.netrc"; }

# status_of WHO KEY: what the cache URL answers; WHO is a netrc, or nobody.
status_of() {
    local credentials=()
    [ "$1" = nobody ] || credentials=(--netrc-file "$run/$1.netrc")
    curl -s -o /dev/null -w '%{http_code}' "${credentials[@]}" "$cache_url/$2"
}

s3_status_of_nobody() { curl -s -o /dev/null -w '%{http_code}' "$s3_url/$bucket/$1"; }

is_status() { [ "$(status_of "$1" "$2")" = "$3" ]; }

# nix_at_url WHO PATH...: copies into an empty store, by the cache URL.
nix_at_url() {
    local netrc=() store reader
    [ "$1" = nobody ] || netrc=(--option netrc-file "$run/$1.netrc")
    store=$(mktemp -d "$run/store.XXXXXX")
    reader=$(mktemp -d "$run/reader.XXXXXX")
    NIXS3_SIGN=0 current_nix "$reader" nix copy --from "$cache_url" --to "local?root=$store" \
        --option trusted-public-keys "$public_keys" "${netrc[@]}" "${@:2}"
}

# nix_at_s3 USER PATH...: the same straight from the bucket, by requests that the user signs.
nix_at_s3() {
    local store
    store=$(mktemp -d "$run/store.XXXXXX")
    current_nix "$run/home-$1" nix copy --from "$s3_store&profile=$1" --to "local?root=$store" \
        --option trusted-public-keys "$public_keys" "${@:2}"
}

nix_at_s3_as_nobody() {
    local store reader
    store=$(mktemp -d "$run/store.XXXXXX")
    reader=$(mktemp -d "$run/reader.XXXXXX")
    NIXS3_SIGN=0 current_nix "$reader" nix copy --from "$s3_store" --to "local?root=$store" \
        --option trusted-public-keys "$public_keys" "$@"
}

# refused COMMAND ARG...: it must fail, and because of a 403.
denied() {
    local output
    if output=$("$@" 2>&1); then fail "allowed: $*"; fi
    grep -qE 'AccessDenied|\(403\)|Forbidden' <<< "$output" || fail "not refused, but failed: $*: $output"
}

fails() { if "$@"; then fail "allowed: $*"; fi; }

put_policy() { admin_aws s3api put-bucket-policy --bucket "$bucket" --policy "file://$1"; }

# --- the manual ---

seven_actions() {
    make_user cache-writer --policy "$acceptance/readers/manual-upload.json"
    current_nix "$run/home-cache-writer" nix copy --no-check-sigs --from "file://$good" \
        --to "$s3_store&profile=cache-writer&compression=zstd" "${paths[@]}"
    settled "${#paths[@]}"
}

and_nothing_else() {
    local narinfo=${paths[0]} object version
    narinfo=$(basename "${paths[0]}")
    narinfo=${narinfo%%-*}.narinfo
    object=(--bucket "$bucket" --key "$narinfo")
    version=$(admin_aws s3api head-object "${object[@]}" --query VersionId --output text)
    echo x > "$run/x"
    denied aws_of cache-writer s3api delete-object "${object[@]}"
    denied aws_of cache-writer s3api delete-object "${object[@]}" --version-id "$version"
    denied aws_of cache-writer s3api put-object-tagging "${object[@]}" --tagging 'TagSet=[{Key=nix-verdict,Value=verified}]'
    denied aws_of cache-writer s3api delete-object-tagging "${object[@]}"
    denied aws_of cache-writer s3api put-object --bucket "$bucket" --key forged.narinfo --body "$run/x" --tagging nix-verdict=verified
    denied aws_of cache-writer s3api put-object --bucket "$bucket" --key nix-cache-info --body "$run/x"
    denied aws_of cache-writer s3api copy-object --bucket "$bucket" --key copied.narinfo --copy-source "$bucket/$narinfo"
    denied aws_of cache-writer s3api get-bucket-policy --bucket "$bucket"
    denied aws_of cache-writer s3api put-bucket-policy --bucket "$bucket" --policy "file://$acceptance/readers/manual-anonymous.json"
    denied aws_of cache-writer s3api put-public-access-block --bucket "$bucket" --public-access-block-configuration BlockPublicPolicy=true
    denied aws_of cache-writer s3api list-object-versions --bucket "$bucket"
    denied aws_of cache-writer s3api create-bucket --bucket another-bucket
    denied aws_of cache-writer s3api put-object --bucket "$bucket-state" --key reports/x.json --body "$run/x"
    denied aws_of cache-writer s3api list-objects-v2 --bucket "$bucket-state"
}

anonymous_at_url() { nix_at_url nobody "${paths[@]}"; }
anonymous_at_s3() { nix_at_s3_as_nobody "${paths[@]}"; }

restrict_the_principal() {
    make_user reader
    make_user stranger
    make_token reader "arn:aws:iam::$account:user/reader"
    make_token stranger "arn:aws:iam::$account:user/stranger"
    sed "s,\"Principal\": \"\\*\",\"Principal\": {\"AWS\": \"arn:aws:iam::$account:user/reader\"}," \
        "$acceptance/readers/manual-anonymous.json" > "$run/restricted.json"
    grep -q 'user/reader' "$run/restricted.json"
    put_policy "$run/restricted.json"
    wait_for "the restricted policy at the cache URL" $policy_seconds is_not_served nobody
}

is_not_served() { [ "$(status_of "$1" nix-cache-info)" != 200 ]; }

nobody_is_refused() {
    assert_equal "nobody at the bucket" 403 "$(s3_status_of_nobody nix-cache-info)"
    fails nix_at_url nobody "${paths[0]}"
    fails nix_at_s3_as_nobody "${paths[0]}"
    fails nix_at_url stranger "${paths[0]}"
    fails nix_at_s3 stranger "${paths[0]}"
    denied aws_of stranger s3api get-object --bucket "$bucket" --key nix-cache-info "$run/x"
}

the_user_reads() {
    nix_at_url reader "${paths[@]}"
    nix_at_s3 reader "${paths[@]}"
    aws_of reader s3 cp "s3://$bucket/nix-cache-info" "$run/cache-info"
    grep -q '^StoreDir: /nix/store$' "$run/cache-info"
}

stays_over_a_restart() {
    local s3_port=${s3_url##*:} http_port=${cache_url##*:}
    narthex_stop
    "$repository/narthex" up --data "$narthex_data" --s3-port "$s3_port" --http-port "$http_port" --bucket "$bucket" \
        --trusted-public-key "$public_key" > "$narthex_data.log" 2>&1 < /dev/null &
    narthex_pid=$!
    wait_for "the second start" 60 is_status reader nix-cache-info 200
    nobody_is_refused
}

manual() {
    public_keys=$public_key
    step "manual: start" narthex_start --trusted-public-key "$public_key"
    step "manual: the seven-action user uploads ${#paths[@]} paths" seven_actions
    step "manual: and can do nothing else" and_nothing_else
    step "manual: the anonymous policy as printed" put_policy "$acceptance/readers/manual-anonymous.json"
    step "manual: nobody in particular copies at the cache URL" anonymous_at_url
    step "manual: and from the bucket" anonymous_at_s3
    step "manual: Principal restricted to one user" restrict_the_principal
    step "manual: nobody else reads, at both doors" nobody_is_refused
    step "manual: that user reads: netrc, aws s3 cp, nix with a profile" the_user_reads
    step "manual: it stays so over a restart" stays_over_a_restart
    step "manual: stop" narthex_stop
}

# --- teams ---

# Of one path and all it refers to the signature is that of team B's key, in a copy of the cache.
sign_for_b() {
    "$repository/narthex" key generate team-b-1 "$run/team-b.sec" > "$run/team-b.pub"
    public_keys="$public_key $(cat "$run/team-b.pub")"
    cp -r "$good" "$run/cache"
    mapfile -t of_b < <(NIXS3_SIGN=0 current_nix "$run/signer" nix path-info -r --store "file://$run/cache" "$path_of_b")
    NIXS3_SIGN=0 current_nix "$run/signer" nix store sign --store "file://$run/cache" --key-file "$run/team-b.sec" "${of_b[@]}"
}

start_for_teams() {
    narthex_start --trusted-public-key "$public_key" --trusted-public-key "$(cat "$run/team-b.pub")" --audience team-b=team-b-1
    HOME="$uploader_home" "$tools/venv/bin/aws" --profile cache-upload --region "$region" --endpoint-url "$s3_url" \
        s3 sync "$run/cache" "s3://$bucket" --exclude nix-cache-info --only-show-errors
    settled "${#paths[@]}"
}

set_policy_of_teams() {
    "$acceptance/readers/teams.py" "$repository/infra/policies/bucket-policy.json" "$bucket" "$account" > "$run/teams.json"
    "$repository/narthex" policy check --bucket "$bucket" "$run/teams.json"
    put_policy "$run/teams.json"
    make_token team-a "arn:aws:iam::$account:role/team-a" --description "everything"
    make_token team-b "arn:aws:iam::$account:role/team-b" --tag team=b --expires 1d
    make_token auditor "arn:aws:iam::$account:user/auditor"
    wait_for "the policy of the teams at the cache URL" $policy_seconds is_not_served nobody
}

narinfo_of() { local name; name=$(basename "$1"); echo "${name%%-*}.narinfo"; }
nar_of() { sed -n 's/^URL: //p' "$run/cache/$(narinfo_of "$1")"; }

each_reads_its_own() {
    local narinfo_a narinfo_b nar_a nar_b absent=00000000000000000000000000000000.narinfo
    narinfo_a=$(narinfo_of "$path_of_a") narinfo_b=$(narinfo_of "$path_of_b")
    nar_a=$(nar_of "$path_of_a") nar_b=$(nar_of "$path_of_b")
    local who expected
    while read -r who expected; do
        assert_equal "$who" "$expected" "$(status_of "$who" nix-cache-info) $(status_of "$who" "$narinfo_a") $(status_of "$who" \
            "$narinfo_b") $(status_of "$who" "$nar_a") $(status_of "$who" "$nar_b") $(status_of "$who" "$absent")"
    done <<T
team-a 200 200 200 307 307 404
team-b 200 404 200 404 307 404
auditor 200 200 200 404 404 404
nobody $nobody_sees $nobody_sees $nobody_sees $nobody_sees $nobody_sees $nobody_sees
T
    # What is refused looks like what is not there, to the byte.
    assert_equal "a refusal" "$(curl -s --netrc-file "$run/team-b.netrc" "$cache_url/$absent")" \
        "$(curl -s --netrc-file "$run/team-b.netrc" "$cache_url/$narinfo_a")"
}

with_real_nix() {
    nix_at_url team-a "${paths[@]}"
    nix_at_url team-b "${of_b[@]}"
    fails nix_at_url team-b "$path_of_a"
    fails nix_at_url auditor "$path_of_a"
    fails nix_at_url nobody "$path_of_b"
}

who_am_i() {
    curl -s --netrc-file "$run/team-b.netrc" "$cache_url/api/v1/whoami" > "$run/whoami"
    grep -q "arn:aws:iam::$account:role/team-b" "$run/whoami"
    if grep -qF "$(sed -n 's/.* password //p' "$run/team-b.netrc")" "$run/whoami"; then fail "whoami tells the secret"; fi
}

# sent_by_curl HOST: the LOGIN:PASSWORD that mixed.netrc makes curl send to it; the cache URL answers in the place of every host.
sent_by_curl() {
    curl -sv -o /dev/null --netrc-file "$run/mixed.netrc" --connect-to "::127.0.0.1:${cache_url##*:}" "http://$1/nix-cache-info" 2>&1 |
        sed -n 's/^> [Aa]uthorization: Basic //p' | tr -d '\r' | base64 -d
}

# What narthex writes into a netrc file is what curl reads there, and it reads of all others what it read before.
netrc_as_curl_reads_it() {
    local host who i before=()
    install -m 600 /dev/null "$run/mixed.netrc"
    cat > "$run/mixed.netrc" <<'N'
# machine 127.0.0.1 login comment password comment
machine first.example login one password first
machine quoted.example login "two words" password "a \"quoted\" machine 127.0.0.1 \\ password"
machine keyword.example login machine password login
machine 127.0.0.1
    login old
    password old
macdef init
machine 127.0.0.1 login macro password macro

MACHINE after.example LOGIN four PASSWORD h#sh
default login anybody password default
N
    local others=(first.example quoted.example keyword.example after.example unknown.example)
    assert_equal "before, by curl" "old:old" "$(sent_by_curl 127.0.0.1)"
    for host in "${others[@]}"; do before+=("$(sent_by_curl "$host")"); done
    assert_equal "a quoted password" 'two words:a "quoted" machine 127.0.0.1 \ password' "${before[1]}"
    assert_equal "the default" "anybody:default" "${before[4]}"
    for who in team-a team-b; do
        "$repository/narthex" login --from-stdin --netrc "$run/mixed.netrc" < "$run/$who.netrc"
        assert_equal "our own entry, of $who" "$(sed -n 's/.* login \(.*\) password \(.*\)/\1:\2/p' "$run/$who.netrc")" \
            "$(sent_by_curl 127.0.0.1)"
        for i in "${!others[@]}"; do assert_equal "${others[$i]}" "${before[$i]}" "$(sent_by_curl "${others[$i]}")"; done
    done
    # Without an entry of ours, it goes before the default one, which would win else.
    sed -i '/127\.0\.0\.1 login nxt_/d' "$run/mixed.netrc"
    assert_equal "without ours" "anybody:default" "$(sent_by_curl 127.0.0.1)"
    "$repository/narthex" login --from-stdin --netrc "$run/mixed.netrc" < "$run/team-a.netrc"
    assert_equal "ours, new" "$(token_of team-a)" "$(sent_by_curl 127.0.0.1 | cut -d: -f1)"
}

# RFC 7235: only bad credentials are asked for again.
bad_credentials() {
    sed 's/password ./password x/' "$run/team-b.netrc" > "$run/wrong.netrc"
    sed 's/login ./login x/' "$run/team-b.netrc" > "$run/unknown.netrc"
    assert_equal "a wrong secret" 401 "$(status_of wrong nix-cache-info)"
    assert_equal "an unknown token" 401 "$(status_of unknown nix-cache-info)"
    curl -s -D - -o /dev/null --netrc-file "$run/wrong.netrc" "$cache_url/nix-cache-info" | grep -i '^WWW-Authenticate: Basic realm=' > /dev/null
}

revoked_in_time() {
    local began
    # From here on the function knows the token.
    assert_equal "the auditor" 200 "$(status_of auditor nix-cache-info)"
    began=$SECONDS
    narthex token revoke "$(token_of auditor)"
    wait_for "the end of a revoked token" 75 is_status auditor nix-cache-info 401
    echo "refused after $((SECONDS - began)) s"
    narthex token list | grep "$(token_of auditor)" > /dev/null
}

start_issuer() {
    local python
    python=$("$acceptance/python.sh")
    mkdir "$run/issuer"
    "$python" "$acceptance/readers/issuer.py" "$run/issuer" > "$run/issuer/log" 2>&1 &
    background_pids+=($!)
    wait_for "the issuer" 20 test -s "$run/issuer/url"
    cat > "$run/principals.json" <<P
{"issuers": [{
  "url": "$(cat "$run/issuer/url")",
  "audiences": ["$cache_url"],
  "mappings": [{
    "claims": {"repository": "acme/app", "ref": "refs/heads/*"},
    "principal": "arn:aws:iam::$account:role/ci-app",
    "tags": {"repository": "{repository}"}
  }]
}]}
P
    narthex principals set "$run/principals.json"
}

# web_token FILE CLAIM=VALUE...: the password of the netrc line in FILE is a token of the issuer.
web_token() {
    local token
    token=$("$("$acceptance/python.sh")" "$acceptance/readers/issuer.py" "$run/issuer" "aud=$cache_url" "${@:2}")
    echo "machine 127.0.0.1 login github password $token" > "$run/$1.netrc"
}

ci_reads_what_its_repository_may() {
    web_token ci repository=acme/app ref=refs/heads/main sub=repo:acme/app:ref:refs/heads/main
    web_token other-repository repository=acme/other ref=refs/heads/main sub=repo:acme/other:ref:refs/heads/main
    web_token old repository=acme/app ref=refs/heads/main iat=1700000000 nbf=1700000000 exp=1700000300
    wait_for "the issuer's tokens at the cache URL" 75 is_status ci nix-cache-info 200
    assert_equal "CI, its narinfo" 200 "$(status_of ci "$(narinfo_of "$path_of_b")")"
    assert_equal "CI, another's narinfo" 404 "$(status_of ci "$(narinfo_of "$path_of_a")")"
    assert_equal "another repository" 401 "$(status_of other-repository nix-cache-info)"
    assert_equal "an old token" 401 "$(status_of old nix-cache-info)"
    nix_at_url ci "${of_b[@]}"
}

exchanged() {
    install -m 600 /dev/null "$run/exchanged.netrc"
    NARTHEX_OIDC_TOKEN=$(sed 's/.* password //' "$run/ci.netrc") \
        "$repository/narthex" token exchange --cache "$cache_url" --netrc "$run/exchanged.netrc"
    nix_at_url exchanged "${of_b[@]}"
    fails nix_at_url exchanged "$path_of_a"
}

logged_in() {
    make_user team-a-person --path /
    sed "s,role/team-a\",role/team-a\"\, \"arn:aws:iam::$account:user/team-a-person\"," "$run/teams.json" > "$run/person.json"
    grep -q team-a-person "$run/person.json"
    put_policy "$run/person.json"
    install -m 600 /dev/null "$run/person.netrc"
    AWS_SHARED_CREDENTIALS_FILE="$run/home-team-a-person/.aws/credentials" AWS_ENDPOINT_URL_STS="$s3_url" \
        "$repository/narthex" login --profile team-a-person --region "$region" --cache "$cache_url" --netrc "$run/person.netrc"
    wait_for "the person's policy at the cache URL" $policy_seconds is_status person nix-cache-info 200
    nix_at_url person "$path_of_a"
}

teams() {
    # The first path that refers to nothing is team A's alone; team B's is one that refers to others, and not to that.
    path_of_a=$(grep -l '^References: *$' "$good"/*.narinfo | sed -n 1p | xargs sed -n 's/^StorePath: //p')
    path_of_b=$(grep -L -e '^References: *$' -e "$(basename "$path_of_a")" "$good"/*.narinfo | sed -n 1p | xargs sed -n 's/^StorePath: //p')
    step "teams: sign a path for team B" sign_for_b
    step "teams: upload ${#paths[@]} paths" start_for_teams
    step "teams: their policy, their tokens" set_policy_of_teams
    step "teams: each reads its own" each_reads_its_own
    step "teams: with real Nix" with_real_nix
    step "teams: whoami" who_am_i
    step "teams: a netrc file of many, by curl" netrc_as_curl_reads_it
    step "teams: bad credentials" bad_credentials
    step "teams: a repository's CI, by OpenID Connect" start_issuer
    step "teams: it reads what its repository may" ci_reads_what_its_repository_may
    step "teams: its token exchanged for one of ours" exchanged
    step "teams: AWS credentials, by narthex login" logged_in
    step "teams: a revoked token ends in time" revoked_in_time
    step "teams: stop" narthex_stop
}

# To nobody in particular a private cache looks empty.
nobody_sees=404

step "install the clients" install_clients
step "build the closure" make_closure
[ $# -gt 0 ] || set -- manual teams
for part; do
    case $part in
        manual) manual ;;
        teams) teams ;;
        *) fail "who-may-read.sh: no part named $part" ;;
    esac
done
echo "all passed"

#!/usr/bin/env bash
# `./narthex up --endpoint` on a real Ceph RGW that is not ours: once it pushes its notifications, once it is listed. Each time the
# closure is uploaded and substituted by stock Nix, and tampered paths are refused.
#
#   endpoint.sh [push | poll]...        both without an argument
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=stores/ceph-rgw.sh
. "$acceptance/stores/ceph-rgw.sh"

closure=$run/closure
good=$closure/cache
region=us-east-1

make_closure() {
    "$acceptance/closure/build.sh" "$closure"
    public_key=$(cat "$closure/key.pub")
    mapfile -t paths < <(store_paths_of "$good")
    "$acceptance/tamper.py" "$good" "$run/tampered" --ways nar-byte-flipped,signature-missing,narinfo-twice > "$run/tampered.jsonl"
    tampered=$(wc -l < "$run/tampered.jsonl")
}

# What a store's administrator does: two buckets, versions in the first, and who may read what.
make_buckets() {
    s3_url=$ceph_url
    make_uploader OWNERKEY OWNERSECRET
    uploader_aws s3api create-bucket --bucket "$bucket"
    uploader_aws s3api create-bucket --bucket "$bucket-state"
    uploader_aws s3api put-bucket-versioning --bucket "$bucket" --versioning-configuration Status=Enabled
    python3 - "$repository/infra/policies/bucket-policy.json" "$bucket" > "$run/policy.json" <<'P'
import json, sys
policy = json.loads(open(sys.argv[1]).read().replace("@CacheBucket@", sys.argv[2]))
policy["Statement"] = [s for s in policy["Statement"] if s["Sid"] in ("ReadVerified", "ReadBucket")]
json.dump(policy, sys.stdout)
P
    uploader_aws s3api put-bucket-policy --bucket "$bucket" --policy "file://$run/policy.json"
}

# start OPTION...: with an uploader who does not remember what he has pushed before.
start() {
    make_uploader OWNERKEY OWNERSECRET
    AWS_SHARED_CREDENTIALS_FILE=$uploader_home/.aws/credentials narthex_up --trusted-public-key "$public_key" \
        --endpoint "$ceph_url" --profile cache-upload "$@"
    s3_store="s3://$bucket?endpoint=$s3_url&region=$region"
    wait_for "what it says of the store" 10 grep -q 'No conditional writes in the cache bucket' "$narthex_data.log"
}

push_notifications() {
    local url topic='{"push-endpoint": "%s", "OpaqueData": "%s", "persistent": "true"}'
    url=$(sed -n 's/^narthex: Notifications are taken at \(.*\)\.$/\1/p' "$narthex_data.log")
    # shellcheck disable=SC2059
    uploader_aws sns create-topic --name narthex --attributes "$(printf "$topic" "$url" "$(cat "$run/secret")")"
    uploader_aws s3api put-bucket-notification-configuration --bucket "$bucket" --notification-configuration '{
        "TopicConfigurations": [{"Id": "narthex", "TopicArn": "arn:aws:sns:default::narthex",
            "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]}]}'
    assert_equal "without the secret" 401 "$(curl -s -o /dev/null -w '%{http_code}' --data '{"Records":[]}' "$url")"
}

# Before its receiver stops: radosgw 16.2.15, which tries many in vain then, has been seen never to send again after it.
# RGW takes them away by a DELETE that S3 does not have.
no_notifications() {
    HOME=$uploader_home "$("$acceptance/python.sh")" - "$s3_url/$bucket?notification" "$region" <<'P'
import sys
import urllib.request
import boto3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
url, region = sys.argv[1:]
request = AWSRequest(method="DELETE", url=url)
S3SigV4Auth(boto3.Session(profile_name="cache-upload").get_credentials(), "s3", region).add_auth(request)
urllib.request.urlopen(urllib.request.Request(url, method="DELETE", headers=dict(request.headers)))
P
}

# One by one: radosgw 16.2.15 has been seen to abort where it is to tell of each key of a DeleteObjects.
empty_buckets() {
    HOME=$uploader_home "$("$acceptance/python.sh")" - "$s3_url" "$region" "$bucket" "$bucket-state" <<'P'
import sys
import boto3
url, region, *buckets = sys.argv[1:]
s3 = boto3.Session(profile_name="cache-upload", region_name=region).client("s3", endpoint_url=url)
for bucket in buckets:
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        for version in page.get("Versions", []) + page.get("DeleteMarkers", []):
            s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
P
}

upload() {
    uploader_nix nix copy --no-check-sigs --from "file://$good" --to "$s3_store&profile=cache-upload&compression=zstd" "${paths[@]}"
}

# It is as many events as objects, or one more listing: in_sight VERIFIED waits until the reports say so.
in_sight() {
    wait_for "$1 verified paths" 300 is_verified "$1"
    settled "$1"
}

# A JVM each time it is asked: seldom, or there is little left for the work.
is_verified() {
    sleep 3
    [ "$(narthex status --json | field verified)" = "$1" ]
}

all_substituted() {
    substitute "$1" "${paths[@]}"
    assert_equal "paths in the new store" "${#paths[@]}" "$(find "$substituted/nix/store" -maxdepth 1 -name '*-*' | wc -l)"
}

upload_tampered() { uploader_aws s3 sync "$run/tampered" "s3://$bucket" --exclude nix-cache-info --only-show-errors; }

refused() {
    "$acceptance/refused.py" "$run/tampered.jsonl" --cache-url "$cache_url" --s3-url "$s3_url/$bucket" \
        --why "$repository/narthex why --data $narthex_data --json"
}

# acceptance_run PART LAST: LAST is done before the stop.
acceptance_run() {
    step "$1: upload ${#paths[@]} paths with nix copy" upload
    step "$1: all ${#paths[@]} verified" in_sight "${#paths[@]}"
    step "$1: substitute from the cache URL" all_substituted "$cache_url"
    step "$1: substitute from the store, anonymously" all_substituted "$s3_store"
    step "$1: stop" last_then_stop "$2"
    step "$1: empty the buckets" empty_buckets
}

tampered_run() {
    step "$1: upload a copy with $tampered tampered paths" upload_tampered
    step "$1: the other $((${#paths[@]} - tampered)) verified" in_sight $((${#paths[@]} - tampered))
    step "$1: every tampered path is refused with a reason" refused
    step "$1: stop" last_then_stop "$2"
    step "$1: empty the buckets" empty_buckets
}

last_then_stop() {
    "$1"
    narthex_stop
}

push() {
    head -c 24 /dev/urandom | base64 | tr '/+' '_-' > "$run/secret"
    chmod 600 "$run/secret"
    local listen
    listen=127.0.0.1:$(free_port)
    step "push: start" start --webhook-secret-file "$run/secret" --webhook-listen "$listen"
    step "push: topic and notification of the bucket" push_notifications
    acceptance_run push no_notifications
    step "push: start again" start --webhook-secret-file "$run/secret" --webhook-listen "$listen"
    step "push: notification of the bucket again" push_notifications
    tampered_run push no_notifications
}

poll() {
    step "poll: start" start --poll 2 --policy "$run/policy.json"
    acceptance_run poll true
    step "poll: start again" start --poll 2 --policy "$run/policy.json"
    tampered_run poll true
}

step "install the clients" install_clients
step "build the closure" make_closure
step "Ceph" install_ceph
step "start it" start_ceph_rgw
step "two buckets, a policy" make_buckets
[ $# -gt 0 ] || set -- push poll
for part; do
    case $part in
        push) push ;;
        poll) poll ;;
        *) fail "endpoint.sh: no part named $part" ;;
    esac
done
echo "all passed"

#!/usr/bin/env bash
# The commands with --stack on a stack that moto's CloudFormation makes, with the outputs of template.yaml. What is in its buckets a Narthex
# on this machine has verified; nothing verifies there, and moto enforces no policy. aws/operate.sh is the same for a stack that works.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=stores/moto.sh
. "$acceptance/stores/moto.sh"
stack=narthex

verify_here() {
    install_awscli
    narthex_start
    narthex demo
    narthex status --wait=60
    uploader_aws s3 sync "s3://$bucket" "$run/cache"
    [ "$(find "$run/cache" -name '*.narinfo' | wc -l)" -gt 1 ]
}

moto_aws() {
    AWS_ENDPOINT_URL=$moto_url AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any "$tools/venv/bin/aws" --region eu-west-2 "$@"
}

make_stack() {
    cat > "$run/template.json" <<'TEMPLATE'
{"Resources": {
    "CacheBucket": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}},
    "StateBucket": {"Type": "AWS::S3::Bucket"},
    "UploadQueue": {"Type": "AWS::SQS::Queue"},
    "IndexQueue": {"Type": "AWS::SQS::Queue"},
    "DeadLetterQueue": {"Type": "AWS::SQS::Queue"}},
 "Outputs": {
    "CacheBucketName": {"Value": {"Ref": "CacheBucket"}},
    "StateBucketName": {"Value": {"Ref": "StateBucket"}},
    "UploadQueueUrl": {"Value": {"Ref": "UploadQueue"}},
    "IndexQueueUrl": {"Value": {"Ref": "IndexQueue"}},
    "DeadLetterQueueUrl": {"Value": {"Ref": "DeadLetterQueue"}},
    "DeadLetterQueueArn": {"Value": {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}}}}
TEMPLATE
    moto_aws cloudformation create-stack --stack-name "$stack" --template-body "file://$run/template.json"
}

output() {
    moto_aws cloudformation describe-stacks --stack-name "$stack" --output text --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

fill_stack() {
    local cache state narinfo hash
    cache=$(output CacheBucketName) state=$(output StateBucketName)
    moto_aws s3 sync "$run/cache" "s3://$cache"
    for narinfo in "$run"/cache/*.narinfo; do
        hash=$(basename "$narinfo" .narinfo)
        narthex why --json "$hash" > "$run/report.json"
        moto_aws s3 cp "$run/report.json" "s3://$state/reports/$hash.json"
        moto_aws s3api put-object-tagging --bucket "$cache" --key "$hash.narinfo" \
            --tagging "TagSet=[{Key=nix-verdict,Value=$(field verdict < "$run/report.json")}]"
        case $(field verdict < "$run/report.json") in verified) path=$(field storePath < "$run/report.json") ;; esac
    done
    [ -n "$path" ]
}

operate() {
    step_text="aws/operate.sh"
    AWS_ENDPOINT_URL=$moto_url AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any OPERATE_VERIFIES=no OPERATE_MOVES=no \
        "$acceptance/aws/operate.sh" "$stack" eu-west-2 "$path"
}

path=
step "moto" install_moto
step "start it" start_moto
step "a cache that was verified here" verify_here
step "a stack" make_stack
step "the same cache in it" fill_stack
operate

"""What the upload user and everybody may do at the S3 endpoint of a running `narthex up`, and what becomes of an upload.

    laptop_s3.py rights DATA         a line for each right and each refusal
    laptop_s3.py upload DATA [BASE]  uploads a signed path (with a reference to BASE), reads it at once; prints its hash, the
                                     status and its name
    laptop_s3.py undeclared DATA BASE   the same with a reference that is not declared

DATA is the data directory. The exit code is 1 if anything is not as it should be.
"""

import os
import random
import sys
from pathlib import Path

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from kill_9 import STORE, UNDECLARED, Signer, get, make_path

REFUSED = {"AccessDenied"}


def environment(data):
    lines = (data / "narthex.env").read_text().splitlines()
    return dict(line.removeprefix("export ").split("=", 1) for line in lines)


def client(env, **options):
    return boto3.client(
        "s3",
        endpoint_url=env["NARTHEX_S3"],
        region_name=env["AWS_REGION"],
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, **options),
        aws_access_key_id=env["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
    )


class Rights:
    def __init__(self, env):
        self.env, self.wrong = env, 0
        self.bucket = env["NARTHEX_BUCKET"]
        self.s3 = client(env)
        self.anybody = client(env, signature_version=UNSIGNED)

    def say(self, right, text):
        self.wrong += not right
        print(f"{'ok   ' if right else 'fail '} {text}", flush=True)

    def may(self, text, call, **arguments):
        try:
            answer = call(Bucket=self.bucket, **arguments)
            self.say(True, text)
            return answer
        except ClientError as e:
            self.say(False, f"{text}: {e}")
            return {}

    def may_not(self, text, call, bucket=None, **arguments):
        try:
            call(Bucket=bucket or self.bucket, **arguments)
            self.say(False, f"{text}: is allowed")
        except ClientError as e:
            code = e.response["Error"]["Code"]
            self.say(code in REFUSED, f"{text}: {code}")

    def of_uploader(self):
        s3, key, unknown = self.s3, "nar/" + "0" * 52 + ".nar", "nar/" + "1" * 52 + ".nar"
        version = self.may("the uploader may put an object", s3.put_object, Key=key, Body=b"x")["VersionId"]
        self.may("the uploader may read what is not verified yet", s3.get_object, Key=key)
        self.may("the uploader may list the bucket", s3.list_objects_v2)
        self.may("the uploader may ask where the bucket is", s3.get_bucket_location)
        upload = self.may("the uploader may begin a multipart upload", s3.create_multipart_upload, Key=unknown)["UploadId"]
        self.may("the uploader may send a part", s3.upload_part, Key=unknown, UploadId=upload, PartNumber=1, Body=b"y")
        self.may("the uploader may list the parts", s3.list_parts, Key=unknown, UploadId=upload)
        self.may("the uploader may list the multipart uploads", s3.list_multipart_uploads)
        self.may("the uploader may abort it", s3.abort_multipart_upload, Key=unknown, UploadId=upload)
        tag = {"TagSet": [{"Key": "nix-verdict", "Value": "verified"}]}
        self.may_not("the uploader may not delete", s3.delete_object, Key=key)
        self.may_not("the uploader may not delete a version", s3.delete_object, Key=key, VersionId=version)
        self.may_not("the uploader may not tag", s3.put_object_tagging, Key=key, Tagging=tag)
        self.may_not("the uploader may not tag a version", s3.put_object_tagging, Key=key, VersionId=version, Tagging=tag)
        self.may_not("the uploader may not put with a verdict", s3.put_object, Key=key, Body=b"x", Tagging="nix-verdict=verified")
        self.may_not("the uploader may not copy", s3.copy_object, Key=unknown, CopySource={"Bucket": self.bucket, "Key": key})
        self.may_not("the uploader may not write nix-cache-info", s3.put_object, Key="nix-cache-info", Body=b"StoreDir: /x\n")
        self.may_not("the uploader may not change the policy", s3.put_bucket_policy, Policy="{}")
        state = self.bucket + "-state"
        self.may_not("the uploader may not list the state bucket", s3.list_objects_v2, bucket=state)
        self.may_not("the uploader may not write to the state bucket", s3.put_object, bucket=state, Key="reports/x", Body=b"x")
        self.of_anybody(key)

    def of_anybody(self, unverified):
        anybody = self.anybody
        self.may("anybody may read nix-cache-info", anybody.get_object, Key="nix-cache-info")
        self.may_not("nobody may read what is not verified", anybody.get_object, Key=unverified)
        self.may_not("nobody may upload anonymously", anybody.put_object, Key=unverified, Body=b"z")


def upload(env, data, references, tampering):
    """A signed path; the narinfo last, then a read at once."""
    path = make_path(Always(), Signer(data / "signing-key.sec"), references, tampering)
    s3 = client(env)
    for item in (path.file, path.narinfo):
        s3.put_object(Bucket=env["NARTHEX_BUCKET"], Key=item.key, Body=item.body)
    status, _ = get(f"{env['NARTHEX_URL']}/{path.narinfo.key}")
    print(path.hash, status, path.base)


class Reference:
    """What make_path asks of a path that is referred to."""

    def __init__(self, base):
        self.base = base.removeprefix(STORE)


class Always(random.Random):
    """Refers to everything there is."""

    def randint(self, low, high):
        return high


def main():
    what, data = sys.argv[1], Path(sys.argv[2])
    env = environment(data)
    if what == "rights":
        rights = Rights(env)
        rights.of_uploader()
        sys.exit(1 if rights.wrong else 0)
    upload(env, data, [Reference(base) for base in sys.argv[3:]], UNDECLARED if what == "undeclared" else None)


if __name__ == "__main__":
    os.umask(0o077)
    main()

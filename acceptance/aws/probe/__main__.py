"""Asks AWS what no emulator can show, and prints a table. acceptance/aws-probe runs it.

    probe asks --sam SAM [--profile P] [--region R] [--architecture A]     makes scratch stacks in the account, asks, removes them
    probe here --endpoint URL --bucket B                                   asks a Narthex of this machine, as far as that can answer
    probe key                                                              prints the key that it must trust for that

Exit status 0 if every answer was the expected one, 1 if one was not, 3 if something could not be removed again.
"""
import argparse
import secrets
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from announcements import Announcements
from bucket import Bucket
from functions import loops, restores
from paths import Key
from stack import Stack, say
from table import Table


def arguments():
    parser = argparse.ArgumentParser()
    tasks = parser.add_subparsers(dest="task", required=True)
    aws = tasks.add_parser("asks")
    aws.add_argument("--sam", required=True)
    aws.add_argument("--profile")
    aws.add_argument("--region")
    aws.add_argument("--architecture", default="arm64")
    here = tasks.add_parser("here")
    here.add_argument("--endpoint", required=True)
    here.add_argument("--bucket", required=True)
    tasks.add_parser("key")
    return parser.parse_args()


def asks(options, table):
    session = boto3.Session(profile_name=options.profile, region_name=options.region)
    stack = Stack(session, "narthex-probe-" + secrets.token_hex(4))
    key = Key("aws-probe-1", Ed25519PrivateKey.generate())
    try:
        stack.make(options.sam, key.public, options.architecture)
        ask_everything(stack, session, key, table)
    finally:
        left = stack.remove()
    for what in left:
        say(f"NOT REMOVED: {what}")
    return 3 if left else 0


def ask_everything(stack, session, key, table):
    asked, beside = stack.outputs(stack.name), stack.outputs(stack.beside)
    restores(session.client("logs"), f"/narthex/{stack.name}/serve", asked["CacheUrl"], table)
    bucket = Bucket(
        asked["CacheBucketName"], stack.client_as(beside["UploaderRole"], "s3"), stack.client_as(beside["ReaderRole"], "s3"),
        unsigned(session), table, key)
    bucket.ask()
    loops(bucket, key, table)
    Announcements(session.client("s3"), session.client("sqs"), beside["Bucket"], beside["Queue"], table).ask()


def unsigned(session, **arguments):
    return session.client("s3", config=Config(signature_version=UNSIGNED), **arguments)


def here(options, table):
    """The uploader by the credentials of the environment; everybody may read what is verified, so that there are no strangers."""
    session = boto3.Session()
    key = Key.of_dry_run()
    bucket = Bucket(
        options.bucket, session.client("s3", endpoint_url=options.endpoint), unsigned(session, endpoint_url=options.endpoint), None, table, key)
    bucket.ask()
    loops(bucket, key, table)
    return 0


def main():
    options = arguments()
    if options.task == "key":
        print(Key.of_dry_run().public)
        return 0
    table = Table()
    try:
        status = (asks if options.task == "asks" else here)(options, table)
    finally:
        print(table.markdown())
    return status or (1 if table.different() else 0)


sys.exit(main())

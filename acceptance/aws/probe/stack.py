"""The scratch stacks: the one that is asked, and what must be beside it. Both are removed, with their buckets."""
import subprocess
import sys
import time
from pathlib import Path

from botocore.exceptions import ClientError

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def say(text):
    print(text, file=sys.stderr, flush=True)


class Stack:
    """Of one name, which nothing else in the account has."""

    def __init__(self, session, name):
        self.session, self.name = session, name
        self.beside = name + "-beside"
        self.cloudformation, self.iam, self.s3 = (session.client(service) for service in ["cloudformation", "iam", "s3"])

    def make(self, sam, public_key, architecture):
        caller = self.session.client("sts").get_caller_identity()
        root = f"arn:{caller['Arn'].split(':')[1]}:iam::{caller['Account']}:root"
        say(f"stack {self.beside}")
        self.cloudformation.create_stack(
            StackName=self.beside, TemplateBody=(HERE / "surroundings.yaml").read_text(), Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": "Caller", "ParameterValue": root}])
        self.cloudformation.get_waiter("stack_create_complete").wait(StackName=self.beside)
        roles = self.outputs(self.beside)
        say(f"stack {self.name}")
        subprocess.run(
            [sam, "deploy", "--template", ROOT / "template.yaml", "--config-file", ROOT / "samconfig.toml", "--stack-name", self.name,
             "--region", self.session.region_name, "--no-resolve-s3", "--s3-bucket", roles["Bucket"], "--no-confirm-changeset", "--no-progressbar",
             "--parameter-overrides", f"Architecture={architecture}", "Reads=principals", f"ReadPrincipals={roles['ReaderRole']}",
             f"TrustedPublicKeys={public_key}", "LogRetentionDays=1"],
            check=True, stdout=sys.stderr)
        self.iam.attach_role_policy(RoleName=roles["UploaderRoleName"], PolicyArn=self.outputs(self.name)["UploadPolicyArn"])

    def outputs(self, stack):
        described = self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}

    def client_as(self, role, service):
        """A new role takes a while to be known everywhere."""
        end = time.monotonic() + 60
        while True:
            try:
                assumed = self.session.client("sts").assume_role(RoleArn=role, RoleSessionName="aws-probe")["Credentials"]
                return self.session.client(
                    service, aws_access_key_id=assumed["AccessKeyId"], aws_secret_access_key=assumed["SecretAccessKey"],
                    aws_session_token=assumed["SessionToken"])
            except ClientError:
                if time.monotonic() > end:
                    raise
                time.sleep(3)

    def remove(self):
        """Everything, however far it was made. Returns what could not be removed."""
        left = []
        beside, asked = (self.outputs_if_any(stack) for stack in [self.beside, self.name])
        steps = [
            ("policy of the uploader", lambda: self.iam.detach_role_policy(
                RoleName=beside["UploaderRoleName"], PolicyArn=asked["UploadPolicyArn"])) if asked and beside else None,
            (f"stack {self.name}", lambda: self.delete(self.name)),
            # The template keeps these when it goes.
            *((f"bucket {bucket}", lambda bucket=bucket: self.delete_bucket(bucket))
              for bucket in [asked.get("CacheBucketName"), asked.get("StateBucketName")] if bucket),
            (f"objects of {beside['Bucket']}", lambda: self.empty(beside["Bucket"])) if beside else None,
            (f"stack {self.beside}", lambda: self.delete(self.beside)),
        ]
        for name, step in filter(None, steps):
            say(f"removes: {name}")
            try:
                step()
            except Exception as e:
                left.append(f"{name}: {e}")
        return left

    def outputs_if_any(self, stack):
        try:
            return self.outputs(stack)
        except ClientError:
            return {}

    def delete(self, stack):
        self.cloudformation.delete_stack(StackName=stack)
        self.cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)

    def delete_bucket(self, bucket):
        self.empty(bucket)
        self.s3.delete_bucket(Bucket=bucket)

    def empty(self, bucket):
        for page in self.s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for version in page.get("Versions", []) + page.get("DeleteMarkers", []):
                self.s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])

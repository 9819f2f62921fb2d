#!/usr/bin/env python3
"""Prints the bucket policy of two teams, an auditor and a repository on one cache: the Deny statements of the policy that this project
ships, and who may read what in the place of its Allow statements.

  teams.py SHIPPED_POLICY BUCKET ACCOUNT
"""
import json
import sys

shipped, bucket, account = sys.argv[1:]
arn = "arn:aws:iam::%s:" % account
objects = "arn:aws:s3:::%s/" % bucket
verified = {"s3:ExistingObjectTag/nix-verdict": "verified"}
for_b = verified | {"s3:ExistingObjectTag/nix-for-team-b": "yes"}
role = {"validate": "narthex-validate", "provision": "narthex-provision"}
text = open(shipped).read().replace("@CacheBucket@", bucket)
for name, local in role.items():
    text = text.replace("@%sRole@" % name.capitalize(), arn + "role/" + local)


def allow(sid, principals, resources, tags):
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": [arn + principal for principal in principals]},
        "Action": "s3:GetObject",
        "Resource": [objects + resource for resource in resources],
        "Condition": {"StringEquals": tags},
    }


policy = json.loads(text)
policy["Statement"] = [s for s in policy["Statement"] if s["Effect"] == "Deny"] + [
    allow("EverybodyWeKnow", ["role/team-b", "user/auditor", "role/ci-app"], ["nix-cache-info"], verified),
    allow("TeamA", ["role/team-a"], ["*"], verified),
    allow("TeamB", ["role/team-b", "role/ci-app"], ["*"], for_b),
    allow("Auditor", ["user/auditor"], ["*.narinfo"], verified),
]
print(json.dumps(policy, indent=2))

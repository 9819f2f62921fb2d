"""Prints the template without what LocalStack's free edition lacks, as JSON. The only way in which the stack of localstack.sh
differs from the one that is deployed to AWS.

    for-localstack.py TEMPLATE ROOT       with the Python of the SAM CLI; paths in TEMPLATE are from ROOT
"""
import json
import os
import sys

from samcli.yamlhelper import yaml_parse

LACKS = [
    # HTTP APIs: it knows the calls, and asks for a licence.
    ["Resources", "Api"],
    ["Resources", "ServeFunction", "Properties", "Events", "Request"],
    ["Outputs", "CacheUrl"],
    ["Outputs", "NixConf"],
    ["Outputs", "Netrc"],
    # Dashboards; the alarms lie in the same nested stack, and name the API.
    ["Resources", "Monitoring"],
]

# It knows this deletion policy and no other that keeps a resource.
KEEPS = "Retain"

with open(sys.argv[1]) as file:
    template = yaml_parse(file.read())
for *way, last in LACKS:
    place = template
    for name in way:
        place = place[name]
    del place[last]
for resource in template["Resources"].values():
    if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
        resource["DeletionPolicy"] = KEEPS
    # What is printed lies somewhere else.
    for uri in {"CodeUri", "DefinitionUri"} & resource.get("Properties", {}).keys():
        resource["Properties"][uri] = os.path.join(sys.argv[2], resource["Properties"][uri])
json.dump(template, sys.stdout, indent=1)

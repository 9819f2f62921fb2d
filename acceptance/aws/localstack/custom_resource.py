"""Custom resources for LocalStack, whose free edition passes over them. As CloudFormation does it: the function of the service token gets the
request and a URL, and puts its answer there.
"""
import json
import socket

import boto3
from botocore.exceptions import ClientError
from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
)

TYPE = "AWS::CloudFormation::CustomResource"
ANSWERS = "cloudformation-custom-resource-response"
ID = "PhysicalResourceId"


class CustomResource(ResourceProvider):
    TYPE = TYPE
    SCHEMA = {"typeName": TYPE, "primaryIdentifier": [f"/properties/{ID}"]}

    def create(self, request):
        return self.ask("Create", request, {})

    def update(self, request):
        return self.ask("Update", request, {
            ID: request.previous_state[ID],
            "OldResourceProperties": properties(request.previous_state),
        })

    def delete(self, request):
        return self.ask("Delete", request, {ID: request.desired_state[ID]})

    def ask(self, kind, request, more):
        s3 = client("s3", request)
        if "answer" in request.custom_context:
            return answered(s3, request)
        make_answers(s3, request.region_name)
        place = {"Bucket": ANSWERS, "Key": request.request_token}
        client("lambda", request).invoke(
            FunctionName=request.desired_state["ServiceToken"],
            InvocationType="Event",
            Payload=json.dumps({
                "RequestType": kind,
                "ServiceToken": request.desired_state["ServiceToken"],
                "ResponseURL": s3.generate_presigned_url("put_object", Params=place),
                "StackId": request.stack_id,
                "RequestId": request.request_token,
                "LogicalResourceId": request.logical_resource_id,
                "ResourceType": request.resource_type,
                "ResourceProperties": properties(request.desired_state),
            } | more),
        )
        return ProgressEvent(OperationStatus.IN_PROGRESS, request.desired_state, custom_context={"answer": request.request_token})


def make_answers(s3, region):
    try:
        s3.create_bucket(Bucket=ANSWERS, CreateBucketConfiguration={"LocationConstraint": region})
    except ClientError as e:
        if e.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
            raise


def answered(s3, request):
    try:
        body = s3.get_object(Bucket=ANSWERS, Key=request.custom_context["answer"])["Body"].read()
    except ClientError as e:
        if e.response["Error"]["Code"] != "NoSuchKey":
            raise
        return ProgressEvent(OperationStatus.IN_PROGRESS, request.desired_state)
    answer = json.loads(body)
    if answer["Status"] != "SUCCESS":
        return ProgressEvent(OperationStatus.FAILED, message=answer["Reason"])
    return ProgressEvent(OperationStatus.SUCCESS, request.desired_state | {ID: answer[ID]})


def properties(state):
    return {name: value for name, value in state.items() if name != ID}


def client(service, request):
    # By this container's address: the function that answers runs in another one.
    return boto3.client(
        service,
        endpoint_url=f"http://{socket.gethostbyname(socket.gethostname())}:4566",
        region_name=request.region_name,
        aws_access_key_id=request.account_id,
        aws_secret_access_key="none",
    )


class CustomResourcePlugin(CloudFormationResourceProviderPlugin):
    name = TYPE

    def load(self):
        self.factory = CustomResource

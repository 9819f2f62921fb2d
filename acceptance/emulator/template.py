"""The functions of template.yaml, with what Lambda would be told of each."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

NO_VALUE = object()


class Call:
    """One of CloudFormation's functions, e.g. `!Ref Name`."""

    def __init__(self, name, argument):
        self.name, self.argument = name, argument


class Loader(yaml.SafeLoader):
    pass


def construct(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        return Call(suffix, loader.construct_scalar(node))
    if isinstance(node, yaml.SequenceNode):
        return Call(suffix, loader.construct_sequence(node, deep=True))
    return Call(suffix, loader.construct_mapping(node, deep=True))


Loader.add_multi_constructor("!", construct)


@dataclass(frozen=True)
class Function:
    """What Lambda is told: handler, megabytes, seconds, variables; and the zip."""

    name: str
    handler: str
    memory: int
    timeout: int
    variables: dict
    log_format: str
    zip: Path


class Template:
    """The template with the defaults of its parameters, but for those given; `names` is what !Ref and !GetAtt give for resources."""

    def __init__(self, repository, parameters, names):
        self.repository = repository
        with open(repository / "template.yaml", encoding="utf-8") as file:
            self.tree = yaml.load(file, Loader)
        self.parameters = {name: p["Default"] for name, p in self.tree["Parameters"].items()} | parameters
        self.names = names

    def function(self, name):
        resource = self.tree["Resources"]["".join(map(str.capitalize, name.split("-"))) + "Function"]["Properties"]
        common = self.tree["Globals"]["Function"]
        variables = common["Environment"]["Variables"] | resource.get("Environment", {}).get("Variables", {})
        values = {variable: self.value(value) for variable, value in variables.items()}
        return Function(
            name,
            resource["Handler"],
            int(self.value(resource["MemorySize"])),
            int(self.value(resource["Timeout"])),
            {variable: str(value) for variable, value in values.items() if value is not NO_VALUE},
            common["LoggingConfig"]["LogFormat"],
            self.repository / resource["CodeUri"],
        )

    def ping(self):
        """What the daily schedule sends to serve."""
        return self.tree["Resources"]["ServeFunction"]["Properties"]["Events"]["Ping"]["Properties"]["Input"]

    def value(self, value):
        if isinstance(value, list):
            return [self.value(element) for element in value]
        if not isinstance(value, Call):
            return value
        match value.name, value.argument:
            case "Ref", "AWS::NoValue":
                return NO_VALUE
            case "Ref", name:
                return self.parameters[name] if name in self.parameters else self.names[name]
            case "GetAtt", name:
                return self.names[name]
            case "Sub", str(text):
                return re.sub(r"\$\{([\w:.]+)\}", lambda name: str(self.value(Call("Ref", name[1]))), text)
            case "If", [condition, then, otherwise]:
                return self.value(then if self.value(self.tree["Conditions"][condition]) else otherwise)
            case "Condition", name:
                return self.value(self.tree["Conditions"][name])
            case "Equals", [one, other]:
                return str(self.value(one)) == str(self.value(other))
            case "Not", [condition]:
                return not self.value(condition)
            case "And", conditions:
                return all(self.value(conditions))
            case "Or", conditions:
                return any(self.value(conditions))
        raise ValueError(f"!{value.name} {value.argument} is not understood here")

package io.narthex.provision.stack;

import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a template into maps, lists and scalars; {@code !Sub x} becomes {@code {Fn::Sub: x}}. */
final class CloudFormationYaml extends SafeConstructor {
  private CloudFormationYaml() {
    super(new LoaderOptions());
    yamlMultiConstructors.put("!", new ShortForm());
  }

  static Object read(String text) {
    return new Yaml(new CloudFormationYaml()).load(text);
  }

  /** A function in its short form, by its tag. */
  private final class ShortForm extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      String name = node.getTag().getValue().substring(1);
      boolean bare = name.equals("Ref") || name.equals("Condition");
      return Map.of(bare ? name : "Fn::" + name, argument(node));
    }

    private Object argument(Node node) {
      return switch (node) {
        case ScalarNode scalar -> constructScalar(scalar);
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new IllegalArgumentException("unknown node " + node.getNodeId());
      };
    }
  }
}

package io.narthex.provision.stack;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which calls of the SDK's clients the classes can make that a class refers to, directly or by way
 * of others: read from the class files, so that none is overlooked.
 */
final class ReachableCalls {
  private static final Set<String> CLIENTS =
      Set.of(
          "software/amazon/awssdk/services/kms/KmsClient",
          "software/amazon/awssdk/services/s3/S3Client",
          "software/amazon/awssdk/services/s3/presigner/S3Presigner",
          "software/amazon/awssdk/services/eventbridge/EventBridgeClient",
          "software/amazon/awssdk/services/secretsmanager/SecretsManagerClient",
          "software/amazon/awssdk/services/sqs/SqsClient",
          // The SDK's own are not used: these are requests by hand.
          "io/narthex/aws/s3/S3Control",
          "io/narthex/aws/states/StateMachine",
          "io/narthex/aws/stack/CloudFormation");
  private static final Set<String> NO_CALLS = Set.of("<init>", "builder", "close", "of");

  private final Set<String> seen = new HashSet<>();
  private final Deque<String> next = new ArrayDeque<>();
  private final Set<String> calls = new TreeSet<>();
  private final Set<String> owners;

  private ReachableCalls(Set<String> owners) {
    this.owners = owners;
  }

  /** The names of the methods, from this class on. */
  static Set<String> from(String className) {
    return new ReachableCalls(CLIENTS).all(className);
  }

  /** The names of the constants of an enum, from this class on. */
  static Set<String> constants(Class<? extends Enum<?>> type, String className) {
    Set<String> used = new ReachableCalls(Set.of(type.getName().replace('.', '/'))).all(className);
    used.retainAll(Stream.of(type.getEnumConstants()).map(Enum::name).toList());
    return used;
  }

  private Set<String> all(String className) {
    next.add(className.replace('.', '/'));
    while (!next.isEmpty()) {
      read(next.removeFirst());
    }
    return calls;
  }

  private void read(String name) {
    if (!name.startsWith("io/narthex/") || owners.contains(name) || !seen.add(name)) {
      return;
    }
    for (PoolEntry entry : model(name).constantPool()) {
      switch (entry) {
        case ClassEntry one -> next.add(one.asInternalName());
        case MemberRefEntry member -> note(member);
        default -> {}
      }
    }
  }

  private void note(MemberRefEntry member) {
    String method = member.name().stringValue();
    if (owners.contains(member.owner().asInternalName()) && !NO_CALLS.contains(method)) {
      calls.add(method);
    }
  }

  private static ClassModel model(String name) {
    try (InputStream in =
        ReachableCalls.class.getClassLoader().getResourceAsStream(name + ".class")) {
      if (in == null) {
        throw new AssertionError("no class " + name);
      }
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}

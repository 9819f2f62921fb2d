package io.narthex.local.deployed;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes that a class names, those that these name, and so on. A class that is only named in a
 * text is not among them.
 */
final class ReachableClasses {
  private static final List<String> OF_THE_JDK =
      List.of("java/", "javax/", "jdk/", "sun/", "org/w3c/dom/", "org/xml/sax/");

  private final FunctionZip zip;
  private final Set<String> reached = new TreeSet<>();
  private final Set<String> missing = new TreeSet<>();
  private final Deque<String> next = new ArrayDeque<>();

  private ReachableClasses(FunctionZip zip) {
    this.zip = zip;
  }

  /** Starts at some classes, named with dots. */
  static ReachableClasses from(List<String> classNames, FunctionZip zip) {
    var classes = new ReachableClasses(zip);
    classNames.forEach(name -> classes.next.add(name.replace('.', '/')));
    while (!classes.next.isEmpty()) {
      classes.visit(classes.next.remove());
    }
    return classes;
  }

  /** The jars in which a class was reached. */
  Set<String> jars() {
    var jars = new TreeSet<String>();
    reached.forEach(name -> jars.addAll(zip.places().getOrDefault(name, List.of())));
    return jars;
  }

  /** Names with slashes of the classes that are neither in the zip nor in the JDK. */
  Set<String> missing() {
    return Set.copyOf(missing);
  }

  private void visit(String name) {
    if (OF_THE_JDK.stream().anyMatch(name::startsWith) || !reached.add(name)) {
      return;
    }
    zip.classFile(name).ifPresentOrElse(this::follow, () -> missing.add(name));
  }

  private void follow(byte[] classFile) {
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      if (entry instanceof ClassEntry named) {
        named(named.asInternalName());
      }
    }
  }

  // An array is named as in a descriptor: [I, [Ljava/lang/String;
  private void named(String name) {
    if (!name.startsWith("[")) {
      next.add(name);
    } else if (name.endsWith(";")) {
      next.add(name.substring(name.indexOf('L') + 1, name.length() - 1));
    }
  }
}

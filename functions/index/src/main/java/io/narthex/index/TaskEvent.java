package io.narthex.index;

import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Slice;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The fields of a {@link IndexTask} in JSON, in any order; those that it does not need are passed
 * over.
 */
final class TaskEvent {
  private Optional<String> task = Optional.empty();
  private Optional<Generation> generation = Optional.empty();
  private Optional<Long> piece = Optional.empty();
  private Optional<Long> partition = Optional.empty();
  private OptionalInt depth = OptionalInt.empty();
  private boolean isRepairing;
  private long paths;
  private long drift;

  private TaskEvent() {}

  /**
   * Reads a task, e.g. <code>{"task": "build", "generation": {"number": 2, "depth": 8}, "piece": 3}
   * </code>.
   *
   * @throws MalformedEventException if it is none, saying what is wrong
   */
  static IndexTask parse(InputStream event) throws MalformedEventException {
    var fields = new TaskEvent();
    EventReader.read(event, fields::read);
    try {
      return fields.task();
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException(String.valueOf(e.getMessage()), e);
    }
  }

  private void read(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "task" -> task = Optional.of(value.text());
      case "generation" -> generation = Optional.of(generation(value));
      case "piece" -> piece = Optional.of(value.number());
      case "partition" -> partition = Optional.of(value.number());
      case "repair" -> isRepairing = value.isTrue();
      case "asked" -> value.object(this::readAsked);
      case "checked" -> value.array(() -> value.object(this::readChecked));
      default -> {}
    }
  }

  /** What whoever started the execution gave it. */
  private void readAsked(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "depth" -> depth = OptionalInt.of(small(value));
      case "repair" -> isRepairing = value.isTrue();
      default -> {}
    }
  }

  private void readChecked(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "paths" -> paths = Math.addExact(paths, value.number());
      case "drift" -> drift = Math.addExact(drift, value.number());
      default -> {}
    }
  }

  private static Generation generation(EventReader value) throws MalformedEventException {
    var of = new int[2];
    value.object(
        (name, field) -> {
          switch (name) {
            case "number" -> of[0] = small(field);
            case "depth" -> of[1] = small(field);
            default -> {}
          }
        });
    try {
      return new Generation(of[0], of[1]);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException(String.valueOf(e.getMessage()), e);
    }
  }

  private static int small(EventReader value) throws MalformedEventException {
    long number = value.number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedEventException(number + " is out of range");
    }
    return (int) number;
  }

  private IndexTask task() throws MalformedEventException {
    String name = task.orElseThrow(() -> new MalformedEventException("no task"));
    return switch (name) {
      case "begin" -> new IndexTask.Begin(checked(depth));
      case "build" -> new IndexTask.Build(generation(), piece());
      case "sort" -> new IndexTask.Sort(generation(), partition());
      case "finish" -> new IndexTask.Finish(generation());
      case "expire" -> new IndexTask.Expire();
      case "survey" -> new IndexTask.Survey(isRepairing);
      case "check" -> new IndexTask.Check(generation(), piece(), isRepairing);
      case "report" -> new IndexTask.Report(paths, drift);
      default -> throw new MalformedEventException("there is no task " + name);
    };
  }

  private static OptionalInt checked(OptionalInt depth) throws MalformedEventException {
    if (depth.orElse(0) > Slice.MAX_BITS) {
      throw new MalformedEventException("depth is more than " + Slice.MAX_BITS);
    }
    return depth;
  }

  private Generation generation() throws MalformedEventException {
    return generation.orElseThrow(() -> new MalformedEventException("no generation"));
  }

  private Slice piece() throws MalformedEventException {
    return slice(generation().pieceBits(), piece, "piece");
  }

  private Slice partition() throws MalformedEventException {
    return slice(generation().partitionBits(), partition, "partition");
  }

  private static Slice slice(int bits, Optional<Long> number, String name)
      throws MalformedEventException {
    return new Slice(bits, number.orElseThrow(() -> new MalformedEventException("no " + name)));
  }
}

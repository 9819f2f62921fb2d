package io.narthex.aws.env;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Environment variables read as typed values, with all problems reported at once: first every
 * variable is asked for, then {@link #check} is called, then the values are taken.
 *
 * <pre>{@code
 * var bucket = environment.required("CACHE_BUCKET", Function.identity());
 * var wait = environment.optional("READ_WAIT", Duration::parse);
 * environment.check();
 * return new Config(bucket.get(), wait.get());
 * }</pre>
 */
public final class Environment {
  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  /** Reads from these variables; an empty one counts as absent. */
  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** A value of which nothing may be taken before all have been checked. */
  public static final class Variable<T> {
    private final Optional<T> value;

    private Variable(Optional<T> value) {
      this.value = value;
    }

    /**
     * The value.
     *
     * @throws IllegalStateException if it is one of the problems
     */
    public T get() {
      return value.orElseThrow(() -> new IllegalStateException("taken before check()"));
    }
  }

  /** A variable that must be set. */
  public Variable<String> required(String name) {
    return required(name, Function.identity());
  }

  /**
   * A variable that must be set and readable.
   *
   * @param reader throws IllegalArgumentException or DateTimeException for a bad text
   */
  public <T> Variable<T> required(String name, Function<String, T> reader) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      problems.add(name + " is not set");
    }
    return new Variable<>(text.flatMap(t -> read(name, t, reader)));
  }

  /** A variable that may be unset, but must be readable if it is. */
  public <T> Variable<Optional<T>> optional(String name, Function<String, T> reader) {
    return new Variable<>(Optional.of(text(name).flatMap(t -> read(name, t, reader))));
  }

  /** Two variables that must be set both or not at all, like a key and its secret. */
  public <T> Variable<Optional<T>> optionalPair(String first, String second, Pair<T> pair) {
    Optional<String> a = text(first);
    Optional<String> b = text(second);
    if (a.isPresent() != b.isPresent()) {
      problems.add(first + " and " + second + " go together");
    }
    return new Variable<>(
        Optional.of(a.flatMap(x -> b.flatMap(y -> read(first, x, text -> pair.of(text, y))))));
  }

  /**
   * Makes one value of two texts that are not empty; throws IllegalArgumentException if they make
   * none.
   */
  @FunctionalInterface
  public interface Pair<T> {
    T of(String first, String second);
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidEnvironmentException if there was any problem, naming them all
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new InvalidEnvironmentException(problems);
    }
  }

  private Optional<String> text(String name) {
    requireNonNull(name, "name is null");
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isEmpty());
  }

  private <T> Optional<T> read(String name, String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException | DateTimeException e) {
      problems.add(name + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}

package io.narthex.policy;

import io.narthex.policy.TemplateReader.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What a condition compares the values of its key with, as its family of operators reads it. */
sealed interface Operand {
  /**
   * Whether a value matches, before negation.
   *
   * @param index of the value, which is one that the family can compare
   */
  Truth matches(ContextValues values, int index, RequestContext context);

  /** The keys of its variables. */
  default Stream<String> keys() {
    return Stream.empty();
  }

  /** Text with its case. */
  record Text(Template template) implements Operand {
    static Optional<Operand> read(String text, boolean wildcards, boolean variables) {
      return TemplateReader.read(text, new Reading(wildcards, variables, false)).map(Text::new);
    }

    @Override
    public Stream<String> keys() {
      return template.keys();
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      return template.matches(values.text(index), context, Truth.FALSE);
    }
  }

  /** Text without its case. */
  record Folded(Template template) implements Operand {
    static Optional<Operand> read(String text, boolean variables) {
      return TemplateReader.read(text, new Reading(false, variables, true)).map(Folded::new);
    }

    @Override
    public Stream<String> keys() {
      return template.keys();
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      return template.matches(values.typed(index).folded(), context, Truth.FALSE);
    }
  }

  /** An ARN or a pattern of them. */
  record OfArns(ArnTemplate template) implements Operand {
    /** Empty also for a variable before the last segment, of which AWS does not say what it is. */
    static Optional<Operand> read(String text, boolean variables) {
      return Optional.of(text)
          .filter(ArnTemplate::isArn)
          .filter(arn -> !variables || !ArnTemplate.hasEarlyVariable(arn))
          .flatMap(arn -> ArnTemplate.read(arn, variables))
          .map(OfArns::new);
    }

    @Override
    public Stream<String> keys() {
      return template.keys();
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      return template.matches(values.text(index), context, Truth.FALSE);
    }
  }

  /** A number. */
  record Numeric(BigDecimal number, Ordering ordering) implements Operand {
    static Optional<Operand> read(String text, Ordering ordering) {
      return Numbers.parse(text).map(number -> new Numeric(number, ordering));
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      return ordering.holds(values.typed(index).number(), number);
    }
  }

  /** A point in time. */
  record Moment(Instant moment, Ordering ordering) implements Operand {
    static Optional<Operand> read(String text, Ordering ordering) {
      return Moments.parse(text).map(moment -> new Moment(moment, ordering));
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      return ordering.holds(values.typed(index).moment(), moment);
    }
  }

  /** True or false. */
  record Flag(boolean flag) implements Operand {
    static Optional<Operand> read(String text) {
      return Typed.flag(text).map(Flag::new);
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      Optional<Boolean> value = values.typed(index).flag();
      return Truth.of(value.isPresent() && value.get() == flag);
    }
  }

  /** IP addresses. */
  record Addresses(IpRange range) implements Operand {
    static Optional<Operand> read(String text) {
      return IpRange.parse(text).map(Addresses::new);
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      Optional<IpRange> value = values.typed(index).address();
      return Truth.of(value.isPresent() && range.contains(value.get()));
    }
  }

  /** Bytes, in base 64 here and in the request. */
  final class Bytes implements Operand {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    static Optional<Operand> read(String text) {
      return Typed.bytes(text).map(Bytes::new);
    }

    @Override
    public Truth matches(ContextValues values, int index, RequestContext context) {
      Optional<byte[]> value = values.typed(index).bytes();
      return Truth.of(value.isPresent() && Arrays.equals(value.get(), bytes));
    }
  }
}

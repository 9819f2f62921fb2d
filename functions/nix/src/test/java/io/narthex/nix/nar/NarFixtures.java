package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Archives to test with. */
public final class NarFixtures {
  private NarFixtures() {}

  /** A file of {@code fixtures/}, e.g. {@code nar/valid-case.nar}. */
  public static byte[] read(String name) {
    try (InputStream in = NarFixtures.class.getResourceAsStream("/fixtures/" + name)) {
      return requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses all of it in one piece. */
  static void parse(byte[] nar, NarHandler handler) throws MalformedNarException {
    NarParser parser = new NarParser(handler);
    parser.feed(nar, 0, nar.length);
    parser.finish();
  }

  static NarListing listing(byte[] nar) throws MalformedNarException {
    NarListingBuilder builder = new NarListingBuilder();
    parse(nar, builder);
    return builder.listing().orElseThrow();
  }

  /** What a writer writes. */
  static byte[] write(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter writer = new NarWriter(out);
    try {
      writing.to(writer);
      writer.finish();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** One regular file. */
  static byte[] fileNar(byte[] contents) {
    return write(
        writer -> {
          writer.startFile(false, contents.length);
          writer.contents(contents, 0, contents.length);
          writer.endFile();
        });
  }

  interface Writing {
    void to(NarWriter writer) throws IOException, MalformedNarException;
  }
}

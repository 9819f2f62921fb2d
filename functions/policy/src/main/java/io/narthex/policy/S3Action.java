package io.narthex.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One of the actions that S3 has.
 *
 * @param name in lower case, with the service, e.g. {@code s3:getobject}
 * @param about what it is about
 * @param keys the condition keys that its requests have beyond the common ones, in lower case; one
 *     that ends with a slash is a family
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions,
 *     resources, and condition keys for Amazon S3</a>
 */
record S3Action(String name, About about, Set<String> keys) {
  /** Of which the table says nothing: any request may have them, or one through an access point. */
  private static final Set<String> COMMON =
      Set.of(
          "s3:accessgrantsinstancearn",
          "s3:accesspointnetworkorigin",
          "s3:accesspointtag/",
          "s3:authtype",
          "s3:buckettag/",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn",
          "s3:resourceaccount",
          "s3:signatureage",
          "s3:signatureversion",
          "s3:tlsversion",
          "s3:x-amz-content-sha256");

  S3Action {
    keys = Set.copyOf(keys);
  }

  /** What an action is about. */
  enum About {
    OBJECT,
    BUCKET,
    /** Nothing that a bucket policy can name. */
    OTHER
  }

  /** All of them, in the order of the alphabet. */
  static List<S3Action> all() {
    return Table.ACTIONS;
  }

  /** Read when it is first needed, which is never where requests are decided on. */
  private static final class Table {
    static final List<S3Action> ACTIONS = read();

    private static List<S3Action> read() {
      try (InputStream in = S3Action.class.getResourceAsStream("s3-actions.txt")) {
        if (in == null) {
          throw new IllegalStateException("no table of actions");
        }
        return new BufferedReader(new InputStreamReader(in, UTF_8))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(S3Action::parse)
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static S3Action parse(String line) {
    List<String> words = Characters.parts(line, ' ', Integer.MAX_VALUE);
    return new S3Action(
        named(words.get(0)),
        About.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
        Set.copyOf(words.stream().skip(2).map(S3Action::named).toList()));
  }

  private static String named(String word) {
    return ("s3:" + word).toLowerCase(Locale.ROOT);
  }

  /** Whether a request of this action can have the key, in its canonical spelling. */
  boolean canHave(String key) {
    String family = key.substring(0, key.indexOf('/') + 1);
    return !key.startsWith("s3:")
        || COMMON.contains(key)
        || COMMON.contains(family)
        || keys.contains(key)
        || keys.contains(family);
  }
}

package io.narthex.cache.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of a presigned URL, decoded: each known, each at most once, printable ASCII. */
final class UrlParameters {
  private final Map<String, String> values;

  private UrlParameters(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Reads a query of which every parameter must be one of these. */
  static UrlParameters parse(String query, Set<String> known) throws RefusedUrlException {
    var values = new LinkedHashMap<String, String>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (equals < 0 || !known.contains(name)) {
        throw new RefusedUrlException("it has a parameter that no GetCallerIdentity has");
      }
      if (values.put(name, decode(parameter.substring(equals + 1))) != null) {
        throw new RefusedUrlException("it has " + name + " twice");
      }
    }
    return new UrlParameters(values);
  }

  String required(String name) throws RefusedUrlException {
    return optional(name).orElseThrow(() -> new RefusedUrlException("it has no " + name));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  void require(String name, String value) throws RefusedUrlException {
    if (!required(name).equals(value)) {
      throw new RefusedUrlException(name + " is not " + value);
    }
  }

  /** Encoded anew, so that nothing is sent on but what was read. */
  String encode() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String value) {
    var text = new StringBuilder(value.length() + 32);
    for (byte b : value.getBytes(US_ASCII)) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  private static String decode(String value) throws RefusedUrlException {
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        c = escaped(value, i);
        i += 2;
      }
      if (c <= ' ' || c >= 0x7f) {
        throw new RefusedUrlException("it holds a character that is not printable ASCII");
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char escaped(String value, int at) throws RefusedUrlException {
    if (at + 2 >= value.length()
        || !HexFormat.isHexDigit(value.charAt(at + 1))
        || !HexFormat.isHexDigit(value.charAt(at + 2))) {
      throw new RefusedUrlException("it is not percent-encoded");
    }
    return (char) HexFormat.fromHexDigits(value, at + 1, at + 3);
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-._~".indexOf(b) >= 0;
  }
}

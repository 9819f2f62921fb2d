package io.narthex.nix.realisation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.text.Excerpt;
import io.narthex.nix.text.StrictUtf8;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The members of a realisation's JSON object, in both formats. */
final class RealisationMembers {
  static final String ID = "id";
  static final String OUT_PATH = "outPath";
  static final String SIGNATURES = "signatures";
  static final String DEPENDENT_REALISATIONS = "dependentRealisations";
  static final String KEY_NAME = "keyName";
  static final String SIG = "sig";

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final SortedSet<Sig> signatures = new TreeSet<>();
  private final SortedMap<LegacyDrvOutput, StorePath> dependentRealisations = new TreeMap<>();
  private Optional<LegacyDrvOutput> id = Optional.empty();
  private Optional<StorePath> outPath = Optional.empty();

  private RealisationMembers() {}

  static RealisationMembers read(byte[] bytes) throws MalformedRealisationException {
    var members = new RealisationMembers();
    try (JsonParser json = FACTORY.createParser(StrictUtf8.decode(bytes))) {
      json.nextToken();
      expect(json, JsonToken.START_OBJECT, "");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        members.readMember(json, name);
      }
      if (json.nextToken() != null) {
        throw new MalformedRealisationException("", "something follows the JSON object");
      }
    } catch (IOException e) {
      throw new MalformedRealisationException("", "not JSON in UTF-8 with distinct members");
    }
    return members;
  }

  private void readMember(JsonParser json, String name)
      throws IOException, MalformedRealisationException {
    switch (name) {
      case ID -> id = Optional.of(parsed(name, text(json, name), LegacyDrvOutput::parse));
      case OUT_PATH -> outPath = Optional.of(parsed(name, text(json, name), StorePath::parse));
      case SIGNATURES -> readSignatures(json);
      case DEPENDENT_REALISATIONS -> readDependentRealisations(json);
      default -> json.skipChildren();
    }
  }

  private void readSignatures(JsonParser json) throws IOException, MalformedRealisationException {
    expect(json, JsonToken.START_ARRAY, SIGNATURES);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      signatures.add(
          json.currentToken() == JsonToken.START_OBJECT
              ? structuredSig(json)
              : parsed(SIGNATURES, text(json, SIGNATURES), Sig::parse));
    }
  }

  private static Sig structuredSig(JsonParser json)
      throws IOException, MalformedRealisationException {
    Optional<String> keyName = Optional.empty();
    Optional<String> base64 = Optional.empty();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case KEY_NAME -> keyName = Optional.of(text(json, SIGNATURES));
        case SIG -> base64 = Optional.of(text(json, SIGNATURES));
        default -> json.skipChildren();
      }
    }
    KeyName key = parsed(SIGNATURES, required(keyName, SIGNATURES), KeyName::new);
    return parsed(SIGNATURES, required(base64, SIGNATURES), text -> new Sig(key, text));
  }

  private void readDependentRealisations(JsonParser json)
      throws IOException, MalformedRealisationException {
    expect(json, JsonToken.START_OBJECT, DEPENDENT_REALISATIONS);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      LegacyDrvOutput output =
          parsed(DEPENDENT_REALISATIONS, json.currentName(), LegacyDrvOutput::parse);
      json.nextToken();
      StorePath path =
          parsed(DEPENDENT_REALISATIONS, text(json, DEPENDENT_REALISATIONS), StorePath::parse);
      if (dependentRealisations.put(output, path) != null) {
        throw new MalformedRealisationException(
            DEPENDENT_REALISATIONS, "there twice: " + Excerpt.of(output.toString()));
      }
    }
  }

  private static String text(JsonParser json, String member)
      throws IOException, MalformedRealisationException {
    expect(json, JsonToken.VALUE_STRING, member);
    return json.getText();
  }

  private static void expect(JsonParser json, JsonToken token, String member)
      throws MalformedRealisationException {
    if (json.currentToken() != token) {
      throw new MalformedRealisationException(member, "expected " + token);
    }
  }

  private static <T> T parsed(String member, String text, Function<String, T> parser)
      throws MalformedRealisationException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedRealisationException(member, Excerpt.reason(e));
    }
  }

  private static <T> T required(Optional<T> value, String member)
      throws MalformedRealisationException {
    return value.orElseThrow(
        () -> new MalformedRealisationException(member, "the member is missing"));
  }

  LegacyDrvOutput id() throws MalformedRealisationException {
    return required(id, ID);
  }

  StorePath outPath() throws MalformedRealisationException {
    return required(outPath, OUT_PATH);
  }

  SortedSet<Sig> signatures() {
    return signatures;
  }

  SortedMap<LegacyDrvOutput, StorePath> dependentRealisations() {
    return dependentRealisations;
  }
}

package io.narthex.nix.address;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.address.AddressedPath.Path;
import io.narthex.nix.address.AddressedPath.Refused;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorePathsTest {
  private static final byte[] HELLO = "hello\n".getBytes(US_ASCII);
  private static final StorePath OTHER = StorePath.parse("2qzxavkmc1a53hdc058phqdqyic53b67-a.txt");
  private static final StoreReferences ONE =
      new StoreReferences(new TreeSet<>(List.of(OTHER)), false);
  private static final StoreReferences SELF = new StoreReferences(new TreeSet<>(), true);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "flat, SHA256, gy454w1cxaq731grqwylhzf4pp9r5izh",
    "flat, SHA1, svdva85yi507g9vncgsaxvnd1r808h4w",
    "flat, MD5, dra1cz5vbrhclpv4y1q0psnbkxz581bk",
    "nar, SHA256, i9pmrzmpshapij2kin22pff6fc2adavx",
    "nar, SHA1, hzq8n5jpi3g2d0xhlvqd8q1gx5c9s6i3",
    "nar, SHA512, 8xkszhbayigjg9vbrrxfa1hp9qflbh6b",
  })
  void agreesWithNix(String method, HashAlgorithm algorithm, String hash) {
    ContentAddress address =
        method.equals("flat")
            ? new ContentAddress.Flat(algorithm.hash(HELLO))
            : new ContentAddress.Recursive(algorithm.hash(narOf(HELLO)));

    assertThat(compute("hello.txt", address, StoreReferences.NONE))
        .isEqualTo(new Path(StorePath.parse(hash + "-hello.txt")));
  }

  @Test
  void agreesWithNixOnTheNarOfTheVectors() {
    assertThat(narOf(HELLO)).hasSize(120);
    assertThat(HashAlgorithm.SHA256.hash(narOf(HELLO)).sri())
        .isEqualTo("sha256-HDfQGvQL4ugGkd48w99EN3ppmvuxfGjwgJZLL9Bx/BM=");
  }

  @Test
  void agreesWithNixOnTexts() {
    assertThat(compute("a.txt", text("aaa"), StoreReferences.NONE)).isEqualTo(new Path(OTHER));
    assertThat(compute("b.txt", text("ref /nix/store/" + OTHER), ONE))
        .isEqualTo(new Path(StorePath.parse("yqclxj11r2vi18yf16grpm5f8xf5csld-b.txt")));
  }

  @Test
  void everyReferenceChangesTheHash() {
    var nar = new ContentAddress.Recursive(HashAlgorithm.SHA256.hash(narOf(HELLO)));
    var both = new StoreReferences(new TreeSet<>(List.of(OTHER)), true);

    assertThat(
            List.of(
                compute("x", nar, StoreReferences.NONE),
                compute("x", nar, ONE),
                compute("x", nar, SELF),
                compute("x", nar, both)))
        .hasOnlyElementsOfType(Path.class)
        .doesNotHaveDuplicates();
  }

  @Test
  void theStoreDirectoryChangesTheHash() {
    AddressedPath elsewhere =
        StorePaths.fromContentAddress(
            new StoreDir("/gnu/store"),
            new StorePathName("a.txt"),
            text("aaa"),
            StoreReferences.NONE);

    assertThat(elsewhere).isInstanceOf(Path.class).isNotEqualTo(new Path(OTHER));
  }

  @ParameterizedTest(name = "{0}, refers to {1}")
  @CsvSource({
    "text:sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, itself",
    "text:sha1:143xibwh31h9bvxzalr0sjvbbvpa6ffs, nothing",
    "fixed:sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, another",
    "fixed:sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s, itself",
    "fixed:r:sha1:143xibwh31h9bvxzalr0sjvbbvpa6ffs, another",
    "fixed:git:sha1:143xibwh31h9bvxzalr0sjvbbvpa6ffs, itself",
    "fixed:git:md5:3y8bwfr609h3lh9ch0izcqq7fl, nothing",
  })
  void refusesWhatNixRefuses(String address, String reference) {
    StoreReferences references =
        switch (reference) {
          case "itself" -> SELF;
          case "another" -> ONE;
          default -> StoreReferences.NONE;
        };

    assertThat(compute("x", ContentAddress.parse(address), references)).isInstanceOf(Refused.class);
  }

  @Test
  void tellsSelfReferencesFromOthers() {
    StorePath self = StorePath.parse("gy454w1cxaq731grqwylhzf4pp9r5izh-hello.txt");

    assertThat(StoreReferences.of(self, List.of(OTHER, self)))
        .isEqualTo(new StoreReferences(new TreeSet<>(List.of(OTHER)), true));
    assertThat(StoreReferences.of(self, List.of(OTHER))).isEqualTo(ONE);
  }

  private static AddressedPath compute(
      String name, ContentAddress address, StoreReferences references) {
    return StorePaths.fromContentAddress(
        StoreDir.DEFAULT, new StorePathName(name), address, references);
  }

  private static ContentAddress text(String content) {
    return new ContentAddress.Text(HashAlgorithm.SHA256.hash(content.getBytes(US_ASCII)));
  }

  private static byte[] narOf(byte[] content) {
    var nar = new ByteArrayOutputStream();
    for (String token : List.of("nix-archive-1", "(", "type", "regular", "contents", "\0", ")")) {
      byte[] bytes = token.equals("\0") ? content : token.getBytes(US_ASCII);
      nar.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length).array());
      nar.writeBytes(bytes);
      nar.writeBytes(new byte[-bytes.length & 7]);
    }
    return nar.toByteArray();
  }
}

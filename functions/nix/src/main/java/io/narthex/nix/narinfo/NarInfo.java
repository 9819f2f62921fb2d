package io.narthex.nix.narinfo;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.text.PrintableAscii;
import io.narthex.nix.text.StrictUtf8;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a binary cache says about one store path.
 *
 * <p>The first five components are what a signature covers; {@code sigs} and {@code ca} are what
 * may vouch for them; the rest is the cache's own word, which no signature covers: it may be
 * renamed, recompressed and signed again without breaking anything.
 *
 * @param storeDir signed: the store directory
 * @param storePath signed: the path described
 * @param narHash signed: the SHA-256 of the NAR
 * @param narSize signed: the size of the NAR in bytes, at least 1
 * @param references signed: the paths that it refers to, sorted, itself included if it does
 * @param sigs vouching: the signatures, sorted by text
 * @param ca vouching: the content address that is claimed
 * @param url unsigned: where the file is, as written and not resolved; not empty, without control
 *     characters
 * @param compressionLabel unsigned: the name of the file's compression as written; {@code bzip2}
 *     where there was none
 * @param fileHash unsigned: the hash of the file at the URL
 * @param fileSize unsigned: the size of that file in bytes, at least 1
 * @param deriver unsigned: the derivation that made it
 * @param quirks what was odd about the text that this was read from
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/binary-cache/narinfo">narinfo</a>
 */
public record NarInfo(
    StoreDir storeDir,
    StorePath storePath,
    Hash narHash,
    long narSize,
    SortedSet<StorePath> references,
    SortedSet<Sig> sigs,
    Optional<ContentAddress> ca,
    String url,
    String compressionLabel,
    Optional<Hash> fileHash,
    OptionalLong fileSize,
    Optional<StorePath> deriver,
    Set<NarInfoQuirk> quirks) {
  public NarInfo {
    requireNonNull(storeDir, "storeDir is null");
    requireNonNull(storePath, "storePath is null");
    requireNonNull(ca, "ca is null");
    requireNonNull(fileHash, "fileHash is null");
    requireNonNull(deriver, "deriver is null");
    if (narHash.algorithm() != HashAlgorithm.SHA256) {
      throw new IllegalArgumentException("narHash is a " + narHash.algorithm());
    }
    requirePositive("narSize", narSize);
    fileSize.ifPresent(size -> requirePositive("fileSize", size));
    requireValue("url", url);
    requireValue("compressionLabel", compressionLabel);
    references = sorted(references);
    sigs = sorted(sigs);
    quirks = Collections.unmodifiableSet(copy(quirks));
  }

  private static void requirePositive(String name, long number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " is " + number);
    }
  }

  private static void requireValue(String name, String value) {
    if (value.isEmpty() || NarInfoLine.hasForbidden(value)) {
      throw new IllegalArgumentException(name + " is empty or has control characters");
    }
  }

  /** In natural order, whatever order the collection is in. */
  private static <T extends Comparable<T>> SortedSet<T> sorted(Collection<T> values) {
    return SortedValues.of(values);
  }

  private static EnumSet<NarInfoQuirk> copy(Set<NarInfoQuirk> quirks) {
    var copy = EnumSet.noneOf(NarInfoQuirk.class);
    copy.addAll(quirks);
    return copy;
  }

  /** A narinfo of an uncompressed file that nobody has signed yet. */
  public static NarInfo unsigned(
      StoreDir storeDir,
      StorePath storePath,
      Hash narHash,
      long narSize,
      Collection<StorePath> references,
      String url) {
    return new NarInfo(
        storeDir,
        storePath,
        narHash,
        narSize,
        sorted(references),
        new TreeSet<>(),
        Optional.empty(),
        url,
        Compression.NONE.label(),
        Optional.of(narHash),
        OptionalLong.of(narSize),
        Optional.empty(),
        Set.of());
  }

  /**
   * Reads a narinfo.
   *
   * @throws MalformedNarInfoException where Nix refuses it, and also for a repeated field that
   *     holds one value, control characters, a {@code Sig} that is not {@code name:base64}, a
   *     {@code NarHash} that is not SHA-256, and numbers above 2^63-1
   */
  public static NarInfo parse(String text) throws MalformedNarInfoException {
    return NarInfoParser.parse(text, false);
  }

  /**
   * Reads a narinfo from its bytes.
   *
   * @throws MalformedNarInfoException as {@link #parse(String)}, and for bytes that are not UTF-8
   */
  public static NarInfo parse(byte[] bytes) throws MalformedNarInfoException {
    try {
      return NarInfoParser.parse(StrictUtf8.decode(bytes), PrintableAscii.is(bytes));
    } catch (CharacterCodingException e) {
      throw new MalformedNarInfoException(0, "", "the bytes are not UTF-8");
    }
  }

  /** How the file is compressed; empty for a name that Nix does not know. */
  public Optional<Compression> compression() {
    return Compression.labelled(compressionLabel);
  }

  /**
   * The text that signatures are made over: {@code 1;path;narHash;narSize;references}, with full
   * paths.
   *
   * @see <a href="https://github.com/NixOS/nix/blob/master/src/libstore/path-info.cc">path-info.cc,
   *     fingerprint</a>
   */
  public String fingerprint() {
    return references.stream()
        .map(storeDir::print)
        .collect(
            Collectors.joining(
                ",", "1;" + storeDir.print(storePath) + ";" + narHash + ";" + narSize + ";", ""));
  }

  /** The text as Nix writes it, of which this is read again. */
  public String write() {
    return NarInfoWriter.write(this);
  }

  /** This, with one more signature. */
  public NarInfo withSig(Sig sig) {
    var more = new TreeSet<>(sigs);
    more.add(sig);
    return withSigs(more);
  }

  /** This, with these signatures instead of its own. */
  public NarInfo withSigs(Collection<Sig> replacement) {
    return new NarInfo(
        storeDir,
        storePath,
        narHash,
        narSize,
        references,
        sorted(replacement),
        ca,
        url,
        compressionLabel,
        fileHash,
        fileSize,
        deriver,
        quirks);
  }

  /** This, with a claim to be content-addressed. */
  public NarInfo withCa(ContentAddress claim) {
    return new NarInfo(
        storeDir,
        storePath,
        narHash,
        narSize,
        references,
        sigs,
        Optional.of(claim),
        url,
        compressionLabel,
        fileHash,
        fileSize,
        deriver,
        quirks);
  }

  /** This, with another deriver. */
  public NarInfo withDeriver(StorePath derivation) {
    return new NarInfo(
        storeDir,
        storePath,
        narHash,
        narSize,
        references,
        sigs,
        ca,
        url,
        compressionLabel,
        fileHash,
        fileSize,
        Optional.of(derivation),
        quirks);
  }

  /** This, for another file with the same NAR in it. */
  public NarInfo withFile(String newUrl, Compression compression, Hash hash, long size) {
    return new NarInfo(
        storeDir,
        storePath,
        narHash,
        narSize,
        references,
        sigs,
        ca,
        newUrl,
        compression.label(),
        Optional.of(hash),
        OptionalLong.of(size),
        deriver,
        quirks);
  }
}

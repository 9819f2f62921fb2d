package io.narthex.nix.signature;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What came of checking signatures against trusted keys. Every signature is in exactly one place.
 *
 * @param good trusted keys with a signature that verifies, in the order of the signatures
 * @param forged signatures under a trusted name that do not verify
 * @param malformed signatures under a trusted name that are not 64 bytes long: Nix aborts on them,
 *     even beside a good one
 * @param unknown signatures under names that are not trusted
 */
public record SignatureCheck(
    Set<PublicKey> good, List<Sig> forged, List<Sig> malformed, List<Sig> unknown) {
  public SignatureCheck {
    good = Collections.unmodifiableSet(new LinkedHashSet<>(good));
    forged = List.copyOf(forged);
    malformed = List.copyOf(malformed);
    unknown = List.copyOf(unknown);
  }

  /** The names of the keys that signed, sorted. */
  public SortedSet<KeyName> goodNames() {
    return good.stream().map(PublicKey::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many keys signed; one key under two names counts once. */
  public int distinctKeys() {
    return (int) good.stream().map(PublicKey::key).distinct().count();
  }
}

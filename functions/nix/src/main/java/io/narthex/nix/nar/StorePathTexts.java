package io.narthex.nix.nar;

import io.narthex.nix.path.StorePathHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The store paths that are written out in an archive.
 *
 * @param names each hash, in the order of their first occurrence, with the name that followed it
 *     there: 1 to 211 characters, perhaps more than the path's own name, since text may go on
 * @param complete false when there were more than could be kept
 */
public record StorePathTexts(Map<StorePathHash, String> names, boolean complete) {
  public StorePathTexts {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }
}

package io.narthex.nix.nar;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What was read of one node of a listing; its {@code type} may come last. */
final class ListingNodeFields {
  private Optional<String> type = Optional.empty();
  private Optional<Map<NarName, NarNode>> entries = Optional.empty();
  private OptionalLong size = OptionalLong.empty();
  private OptionalLong narOffset = OptionalLong.empty();
  private Optional<Boolean> executable = Optional.empty();
  private Optional<String> target = Optional.empty();

  void type(String value) {
    type = Optional.of(value);
  }

  void entries(Map<NarName, NarNode> value) {
    entries = Optional.of(value);
  }

  void size(long value) {
    size = OptionalLong.of(value);
  }

  void narOffset(long value) {
    narOffset = OptionalLong.of(value);
  }

  void executable(boolean value) {
    executable = Optional.of(value);
  }

  void target(String raw) {
    target = Optional.of(raw);
  }

  NarNode node() throws MalformedListingException {
    String kind = type.orElseThrow(() -> new MalformedListingException("node without type"));
    return switch (kind) {
      case "directory" -> directory();
      case "regular" -> regular();
      case "symlink" -> symlink();
      default -> throw new MalformedListingException("unknown type '" + kind + "'");
    };
  }

  private NarNode directory() throws MalformedListingException {
    Map<NarName, NarNode> children = entries.orElseThrow(() -> missing("directory", "entries"));
    List<NarNode.Entry> sorted =
        children.entrySet().stream()
            .map(child -> new NarNode.Entry(child.getKey(), child.getValue()))
            .toList();
    return new NarNode.Directory(sorted);
  }

  private NarNode regular() throws MalformedListingException {
    long bytes = size.orElseThrow(() -> missing("regular", "size"));
    long offset = narOffset.orElseThrow(() -> missing("regular", "narOffset"));
    if (bytes < 0 || offset < 0) {
      throw new MalformedListingException("negative size or narOffset");
    }
    return new NarNode.Regular(executable.orElse(false), bytes, offset);
  }

  private NarNode symlink() throws MalformedListingException {
    String raw = target.orElseThrow(() -> missing("symlink", "target"));
    Optional<String> fault = LinkTarget.fault(raw);
    if (fault.isPresent()) {
      throw new MalformedListingException(fault.get());
    }
    return new NarNode.Symlink(new LinkTarget(raw));
  }

  private static MalformedListingException missing(String type, String field) {
    return new MalformedListingException(type + " without " + field);
  }
}

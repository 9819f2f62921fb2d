package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.nix.narinfo.NarInfo;
import java.util.Optional;
import java.util.function.Supplier;

/** A second look at a NAR, made when somebody asks for it, and once for all who share it. */
final class SecondSeenNar implements SeenNar {
  private final Supplier<SeenNar> look;
  private Optional<SeenNar> seen = Optional.empty();

  SecondSeenNar(Supplier<SeenNar> look) {
    this.look = requireNonNull(look, "look is null");
  }

  @Override
  public NarSeen of(NarInfo narInfo) {
    SeenNar found = seen.orElseGet(this::made);
    seen = Optional.of(found);
    return found.of(narInfo);
  }

  /** One that could not be made is not made again. */
  private SeenNar made() {
    try {
      return look.get();
    } catch (StoreException e) {
      return narInfo -> {
        throw e;
      };
    }
  }
}

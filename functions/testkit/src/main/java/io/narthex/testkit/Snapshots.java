package io.narthex.testkit;

import java.util.ArrayList;
import java.util.List;
import org.crac.CheckpointException;
import org.crac.Context;
import org.crac.Resource;
import org.crac.RestoreException;

/** Takes snapshots of what is registered with it, as Lambda's runtime does. */
public final class Snapshots extends Context<Resource> {
  private final List<Resource> resources = new ArrayList<>();

  /** Of one. */
  public static Snapshots of(Resource resource) {
    var snapshots = new Snapshots();
    snapshots.register(resource);
    return snapshots;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException {
    for (Resource resource : resources) {
      try {
        resource.beforeCheckpoint(this);
      } catch (Exception e) {
        throw new CheckpointException(e.toString());
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) throws RestoreException {
    for (Resource resource : resources) {
      try {
        resource.afterRestore(this);
      } catch (Exception e) {
        throw new RestoreException(e.toString());
      }
    }
  }

  @Override
  public void register(Resource resource) {
    resources.add(resource);
  }

  /** A version is published. */
  public void take() throws CheckpointException {
    beforeCheckpoint(this);
  }

  /** A function starts from it. */
  public void restore() throws RestoreException {
    afterRestore(this);
  }
}

package io.narthex.bench;

import io.narthex.bench.Jmh.Measured;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The time of the serving function for a narinfo, S3 left out, against what we aim at. */
final class ServeTime implements Benchmark {
  private static final double AIM_MICROS = 30;

  @Override
  public List<Figure> run(int rounds) throws IOException {
    Bench.progress("%d seconds".formatted(rounds + 4));
    Map<String, Measured> measured = Jmh.run(rounds, ServedNarInfo.class);
    Measured reply = measured.values().iterator().next();
    var time = new Rounds();
    reply.micros().forEach(micros -> time.add(micros, AIM_MICROS));
    return List.of(time.figure("serve, a narinfo, 20 statements", "µs", "at most"));
  }
}

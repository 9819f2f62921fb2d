package io.narthex.bench;

import io.narthex.bench.Jmh.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decisions against Cedar's on equivalent policies, and what they allocate: as much for ten
 * statements as for a hundred, if it does not grow with them.
 */
final class PolicyDecisions implements Benchmark {
  private static final String CEDAR = "Cedar";

  @Override
  public List<Figure> run(int rounds) throws IOException {
    Bench.progress("%d seconds".formatted(8 * (rounds + 4)));
    Map<String, Measured> measured = Jmh.run(rounds, PolicyDecision.class, CedarDecision.class);
    var figures = new ArrayList<Figure>();
    for (String policy : List.of("manual", "100")) {
      Measured cedar = of(measured, "CedarDecision.decision", policy);
      figures.add(time("ready", policy, of(measured, "PolicyDecision.ready", policy), cedar));
      figures.add(time("built anew", policy, of(measured, "PolicyDecision.anew", policy), cedar));
    }
    figures.add(allocated("ready", measured, "PolicyDecision.ready"));
    figures.add(allocated("built anew", measured, "PolicyDecision.anew"));
    return figures;
  }

  private static Measured of(Map<String, Measured> measured, String method, String policy) {
    Measured one = measured.get(method + "(" + policy + ")");
    if (one == null) {
      throw new IllegalStateException(method + "(" + policy + ") is not in " + measured.keySet());
    }
    return one;
  }

  private static Figure time(String request, String policy, Measured ours, Measured cedar) {
    String name = policy.equals("manual") ? "the manual's" : policy + " statements";
    return rounds(ours.micros(), cedar.micros())
        .figure("policy, %s, request %s".formatted(name, request), "µs", CEDAR);
  }

  private static Figure allocated(String request, Map<String, Measured> measured, String method) {
    return rounds(of(measured, method, "100").bytes(), of(measured, method, "10").bytes())
        .figure("policy, 100 statements, request %s".formatted(request), "bytes", "10 statements");
  }

  private static Rounds rounds(List<Double> values, List<Double> references) {
    var rounds = new Rounds();
    for (int i = 0; i < values.size(); i++) {
      rounds.add(values.get(i), references.get(i));
    }
    return rounds;
  }
}

package io.narthex.cache.audit;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Findings as bytes, for spools and for the state of an audit. */
public final class FindingCodec {
  private FindingCodec() {}

  /** Writes them, with their number before them. */
  public static void write(DataOutputStream out, List<AuditFinding> findings) throws IOException {
    out.writeShort(findings.size());
    for (AuditFinding found : findings) {
      out.writeUTF(found.weight().name());
      out.writeUTF(found.finding().check().toString());
      out.writeUTF(found.finding().field());
      out.writeUTF(found.finding().expected());
      out.writeUTF(found.finding().actual());
    }
  }

  /**
   * Reads them.
   *
   * @throws IOException if these are no findings, or some of another version
   */
  public static List<AuditFinding> read(DataInputStream in) throws IOException {
    List<AuditFinding> findings = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      findings.add(one(in));
    }
    return findings;
  }

  private static AuditFinding one(DataInputStream in) throws IOException {
    try {
      AuditFinding.Weight weight = AuditFinding.Weight.valueOf(in.readUTF());
      CheckName check = CheckName.labelled(in.readUTF()).orElseThrow();
      return new AuditFinding(weight, new Finding(check, in.readUTF(), in.readUTF(), in.readUTF()));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new IOException("not a finding", e);
    }
  }
}

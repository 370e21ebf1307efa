package dev.grantstore.equivalence.check;

import dev.grantstore.Annotation;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.SyncRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes answers as printable ASCII, every field, long ids cut. */
public final class AnswerText {
  private AnswerText() {}

  /**
   * {@return the answer on one line}
   *
   * @param answer written
   */
  public static String line(Answer answer) {
    return String.join(" ", parts(answer));
  }

  /**
   * {@return the answer in parts: the outcome, then each row and each sync}
   *
   * @param answer written
   */
  public static List<String> parts(Answer answer) {
    List<String> parts = new ArrayList<>();
    parts.add(answer.outcome());
    for (Optional<Grant> row : answer.rows()) {
      parts.add(row.map(AnswerText::of).orElse("(none)"));
    }
    for (SyncRun sync : answer.syncs()) {
      parts.add(of(sync));
    }
    return parts;
  }

  private static String of(SyncRun run) {
    return String.format(
        Locale.ROOT,
        "{sync=%s type=%s started=%s ended=%s digest=%s%s}",
        Excerpt.of(run.id()),
        Excerpt.of(run.type()),
        run.startedAt(),
        run.endedAt().map(Object::toString).orElse("-"),
        run.digest().map(Object::toString).orElse("-"),
        run.resumeToken().map(token -> " resumes=" + token).orElse(""));
  }

  private static String of(Grant grant) {
    return String.format(
        Locale.ROOT,
        "{id=%s ent=%s/%s/%s prin=%s/%s at=%s%s%s%s%s%s}",
        Excerpt.of(grant.id()),
        Excerpt.of(grant.entitlement().resourceTypeId()),
        Excerpt.of(grant.entitlement().resourceId()),
        Excerpt.of(grant.entitlement().entitlementId()),
        Excerpt.of(grant.principal().resourceTypeId()),
        Excerpt.of(grant.principal().resourceId()),
        grant.discoveredAt(),
        grant.needsExpansion() ? " needsExpansion" : "",
        grant.expansion().map(e -> " expansion=" + e).orElse(""),
        sources(grant.sources()),
        annotations(grant.annotations()),
        grant.expiresAt().map(end -> " expires=" + end).orElse(""));
  }

  private static String sources(List<GrantSource> sources) {
    if (sources.isEmpty()) {
      return "";
    }
    return sources.stream()
        .map(
            s ->
                String.format(
                    Locale.ROOT,
                    "%s:%s/%s/%s/%s",
                    Excerpt.of(s.sourceId()),
                    Excerpt.of(s.resourceTypeId()),
                    Excerpt.of(s.resourceId()),
                    Excerpt.of(s.entitlementId()),
                    s.direct()))
        .collect(Collectors.joining(",", " sources=[", "]"));
  }

  private static String annotations(List<Annotation> annotations) {
    if (annotations.isEmpty()) {
      return "";
    }
    return annotations.stream()
        .map(a -> Excerpt.of(a.typeUrl()) + ":" + a.value())
        .collect(Collectors.joining(",", " annotations=[", "]"));
  }
}

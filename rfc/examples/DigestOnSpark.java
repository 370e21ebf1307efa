import dev.grantstore.fixture.parts.PartDigest;
import dev.grantstore.fixture.parts.PartLines;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.fixture.spec.GrantRange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The digest of so many grants, in parts on Spark: DigestOnSpark 100000000 64. */
public final class DigestOnSpark {
  public static void main(String[] args) {
    SparkConf conf = new SparkConf().setAppName("digest of grants");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      System.out.println(digest(spark, Long.parseLong(args[0]), Integer.parseInt(args[1])));
    }
  }

  static String digest(JavaSparkContext spark, long grants, int parts) {
    List<Integer> numbers = IntStream.range(0, parts).boxed().collect(Collectors.toList());
    List<String> lines =
        spark.parallelize(numbers, parts).map(i -> part(grants, parts, i)).collect();
    return PartLines.write(
        PartDigest.combine(lines.stream().map(PartLines::read).collect(Collectors.toList())));
  }

  /** Part i as a line: on whichever machine, from these three numbers alone. */
  private static String part(long grants, int parts, int i) {
    FixtureSpec spec = FixtureSpec.reference(grants, 1_000, 500_000, 1);
    GrantRange range = GrantRange.all(spec).part(i, parts);
    return PartLines.write(PartDigest.of(spec, range, Progress.NONE));
  }
}

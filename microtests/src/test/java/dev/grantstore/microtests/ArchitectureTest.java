package dev.grantstore.microtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.grantstore.keyvalue.FirstSyncNumber;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.kudu.LocalCluster;
import dev.grantstore.tool.EnginePlace;
import dev.grantstore.tool.Failures;
import dev.grantstore.tool.ForeignText;
import dev.grantstore.tool.Versions;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The rules on ourselves: which package may use which. That a module does not use a later one is
 * Maven's to refuse; here stands what Maven cannot see.
 */
@AnalyzeClasses(
    packages = "dev.grantstore",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.WithoutBenchmarkHarness.class
    })
final class ArchitectureTest {

  private static final String CONTRACT = "dev.grantstore";
  private static final String CODEC = "dev.grantstore.codec..";
  private static final String LAYOUT = "dev.grantstore.layout..";
  private static final String SORT = "dev.grantstore.sort..";
  private static final String KEYVALUE = "dev.grantstore.keyvalue..";
  private static final String ROCKSDB = "dev.grantstore.rocksdb..";
  private static final String MEMORY = "dev.grantstore.memory..";
  private static final String SQLITE = "dev.grantstore.sqlite..";
  private static final String LMDB = "dev.grantstore.lmdb..";
  private static final String MVSTORE = "dev.grantstore.mvstore..";
  private static final String KUDU = "dev.grantstore.kudu..";
  private static final String CONTAINER = "dev.grantstore.container..";
  private static final String CLI = "dev.grantstore..cli..";

  /** The frame that every command-line tool stands in. */
  private static final String TOOL = "dev.grantstore.tool..";

  /** The study of record encodings measures the engine's own bytes, so it may make them. */
  private static final String ENCODING_STUDY = "dev.grantstore.microtests.encoding..";

  /** Generated protobuf code lives in a package of this name below the one package that uses it. */
  private static final String GENERATED_SUFFIX = ".proto";

  @ArchTest static final ArchTests TEXT_FROM_BYTES = ArchTests.in(TextFromBytesRules.class);

  @ArchTest
  static final ArchRule contractUsesNothingElseOfOurs =
      noClasses()
          .that()
          .resideInAPackage(CONTRACT)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.grantstore..").and(not(resideInAPackage(CONTRACT))))
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("org.rocksdb..", "com.google.protobuf..", "java.sql..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule codecKnowsNoLayoutAndNoEngine =
      noClasses()
          .that()
          .resideInAPackage(CODEC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LAYOUT, KEYVALUE, ROCKSDB, MEMORY, SQLITE, LMDB, MVSTORE, KUDU)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule layoutKnowsNoEngine =
      noClasses()
          .that()
          .resideInAPackage(LAYOUT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KEYVALUE, ROCKSDB, MEMORY, SQLITE, LMDB, MVSTORE, KUDU)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule whatEnginesShareKnowsNoEngineAndNoDatabase =
      noClasses()
          .that()
          .resideInAPackage(KEYVALUE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROCKSDB,
              MEMORY,
              SQLITE,
              LMDB,
              MVSTORE,
              KUDU,
              "org.apache.kudu..",
              "com.stumbleupon..",
              "org.rocksdb..",
              "org.sqlite..",
              "java.sql..",
              "org.lmdbjava..",
              "jnr..",
              "com.kenai..",
              "org.h2..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule containersAreNoEngines =
      noClasses()
          .that()
          .resideInAPackage(CONTAINER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MEMORY, SQLITE, LMDB, MVSTORE, ROCKSDB, KUDU)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule enginesKnowNoOtherEngine =
      slices()
          .matching("dev.grantstore.(rocksdb|sqlite|lmdb|mvstore|kudu|memory)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule memorySharesNoCodeWithWhatItJudges =
      noClasses()
          .that()
          .resideInAPackage(MEMORY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              CODEC, LAYOUT, SORT, KEYVALUE, ROCKSDB, SQLITE, LMDB, MVSTORE, KUDU, CONTAINER)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule otherModulesUseTheContractOnly =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.grantstore.equivalence..", "dev.grantstore.fixture..", "dev.grantstore.bench..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(
                      CODEC, LAYOUT, SORT, KEYVALUE, ROCKSDB, MEMORY, SQLITE, LMDB, MVSTORE, KUDU)
                  .and(
                      not(
                          belongToAnyOf(
                              YieldPoint.class, FirstSyncNumber.class, LocalCluster.class))))
          .because("only schedules, first numbers of syncs and servers to try reach into engines")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theEncodingStudyUsesCodecsAndKeysAndNoEngine =
      noClasses()
          .that()
          .resideInAPackage(ENCODING_STUDY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SORT, KEYVALUE, ROCKSDB, MEMORY, SQLITE, LMDB, MVSTORE, KUDU)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule jsonOfProtobufAndItsLibrariesStayInTheEncodingStudy =
      noClasses()
          .that()
          .resideOutsideOfPackage(ENCODING_STUDY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.protobuf.util..", "com.google.gson..", "com.google.common..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule rocksDbStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.grantstore..rocksdb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule mvStoreStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(MVSTORE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.h2..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule kuduStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(KUDU)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kudu..", "com.stumbleupon..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule lmdbStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(LMDB)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.lmdbjava..", "jnr..", "com.kenai..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule generatedTypesStayWithTheirPackage =
      classes().should(useGeneratedTypesOnlyOfTheirOwnPackage()).allowEmptyShould(true);

  @ArchTest
  static final ArchRule generatedTypesLiveInPackagesOfTheirOwn =
      classes()
          .that(areProtobufMessages())
          .should()
          .resideInAPackage("dev.grantstore.." + GENERATED_SUFFIX.substring(1))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.grantstore.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule consoleAndExitOnlyInTheFrameOfTools =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, TOOL)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule picocliOnlyInCliAndItsFrame =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, TOOL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theFrameOfToolsKnowsTheContractAndFoldersOnly =
      noClasses()
          .that()
          .resideInAPackage(TOOL)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.grantstore..")
                  .and(not(resideInAPackage(CONTRACT)))
                  .and(not(resideInAPackage(TOOL)))
                  .and(not(resideInAPackage("dev.grantstore.folder.."))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theFrameOfToolsIsForCliOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, TOOL)
          .should()
          .dependOnClassesThat(
              resideInAPackage(TOOL)
                  .and(
                      not(
                          belongToAnyOf(
                              EnginePlace.class,
                              ForeignText.class,
                              Failures.class,
                              Versions.class))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobodyUsesCli =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule randomnessRepeats =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ThreadLocalRandom.class)
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .because("every random choice comes from a seed through a generator we own")
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaClass> areProtobufMessages() {
    return assignableTo("com.google.protobuf.MessageLite")
        .and(resideInAPackage("dev.grantstore.."))
        .as("are generated protobuf messages");
  }

  /** A class in package p may use generated types of p and of p.proto, and no other. */
  private static ArchCondition<JavaClass> useGeneratedTypesOnlyOfTheirOwnPackage() {
    return new ArchCondition<>("use generated types only of their own package") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf().stream()
            .filter(use -> isForeignGenerated(user.getPackageName(), use.getTargetClass()))
            .forEach(use -> events.add(SimpleConditionEvent.violated(use, use.getDescription())));
      }
    };
  }

  private static boolean isForeignGenerated(String userPackage, JavaClass target) {
    String generated = target.getPackageName();
    return generated.startsWith("dev.grantstore.")
        && generated.endsWith(GENERATED_SUFFIX)
        && !userPackage.equals(generated)
        && !(userPackage + GENERATED_SUFFIX).equals(generated);
  }

  /** Leaves out what JMH generates around our benchmarks. */
  static final class WithoutBenchmarkHarness implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/jmh_generated/");
    }
  }
}

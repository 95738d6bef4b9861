package dev.lifesign.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms of the house. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(
    packages = "dev.lifesign.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE = {
    "dev.lifesign.core.time..",
    "dev.lifesign.core.event..",
    "dev.lifesign.core.policy..",
    "dev.lifesign.core.document..",
    "dev.lifesign.core.customer..",
    "dev.lifesign.core.model..",
    "dev.lifesign.core.scoring..",
    "dev.lifesign.core.lifecycle..",
    "dev.lifesign.core.alert..",
    "dev.lifesign.core.timeline.."
  };

  @ArchTest
  static final ArchRule PURE_PACKAGES_KNOW_THE_JDK_AND_EACH_OTHER =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .and()
          .resideOutsideOfPackages("dev.lifesign.core.document..", "dev.lifesign.core.model..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(concat("java.."));

  @ArchTest
  static final ArchRule THE_MODELS_KNOW_MATHEMATICS_AND_NOTHING_ELSE =
      classes()
          .that()
          .resideInAPackage("dev.lifesign.core.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.hipparchus..", "dev.lifesign.core.model..");

  @ArchTest
  static final ArchRule ONLY_THE_DOCUMENT_READER_KNOWS_JACKSON =
      classes()
          .that()
          .resideInAPackage("dev.lifesign.core.document..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "com.fasterxml.jackson..", "dev.lifesign.core.document..");

  @ArchTest
  static final ArchRule PURE_PACKAGES_HAVE_NO_CLOCK_AND_NO_CHANCE =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_STREAMS_BUT_THEY_THEMSELVES =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lifesign.core.streams..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.lifesign.core.streams..");

  private static String[] concat(String more) {
    String[] all = java.util.Arrays.copyOf(PURE, PURE.length + 1);
    all[PURE.length] = more;
    return all;
  }
}

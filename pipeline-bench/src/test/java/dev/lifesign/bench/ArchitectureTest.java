package dev.lifesign.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the benchmark. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(
    packages = "dev.lifesign.bench",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.bench.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule JOBS_KNOW_NO_ENTRANT =
      noClasses()
          .that()
          .resideInAPackage("dev.lifesign.bench.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lifesign.bench.entrant..",
              "dev.lifesign.bench.harness..",
              "dev.lifesign.bench.figure..");

  @ArchTest
  static final ArchRule ENTRANTS_KNOW_NO_FIGURE =
      noClasses()
          .that()
          .resideInAPackage("dev.lifesign.bench.entrant..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lifesign.bench.harness..",
              "dev.lifesign.bench.figure..",
              "dev.lifesign.bench.report..");
}

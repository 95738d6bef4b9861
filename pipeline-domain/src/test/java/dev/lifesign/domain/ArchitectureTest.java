package dev.lifesign.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;

/** The wall around the domain. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(
    packages = "dev.lifesign.domain",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule THE_DOMAIN_DEPENDS_ON_THE_JDK_ONLY =
      classes()
          .that()
          .resideOutsideOfPackages(
              "dev.lifesign.domain.document..",
              "dev.lifesign.domain.model..",
              "dev.lifesign.domain.cel..",
              "dev.lifesign.domain.text..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.lifesign.domain..");

  @ArchTest
  static final ArchRule THE_MODELS_DEPEND_ON_MATHEMATICS_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.lifesign.domain.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.hipparchus..", "dev.lifesign.domain.model..");

  @ArchTest
  static final ArchRule EXPRESSIONS_DEPEND_ON_CEL_AND_EVENTS_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.lifesign.domain.cel..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.cel..",
              "com.google..",
              "dev.lifesign.domain.cel..",
              "dev.lifesign.domain.event..",
              "dev.lifesign.domain.time..");

  @ArchTest
  static final ArchRule SENTENCES_ARE_WRITTEN_WITH_ICU =
      classes()
          .that()
          .resideInAPackage("dev.lifesign.domain.text..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "com.ibm.icu..", "dev.lifesign.domain..");

  @ArchTest
  static final ArchRule DOCUMENTS_DEPEND_ON_JACKSON_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.lifesign.domain.document..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "com.fasterxml.jackson..", "dev.lifesign.domain.document..");

  @ArchTest
  static final ArchRule NOTHING_READS_A_CLOCK_OR_DRAWS_A_RANDOM_NUMBER =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.domain.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_PACKAGE_DEPENDS_ON_THE_TIMELINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lifesign.domain.timeline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.lifesign.domain.timeline..");
}

package dev.lifesign.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The lab works without brokers. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(packages = "dev.lifesign.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule THE_LAB_DEPENDS_ON_THE_DOMAIN_AND_FILE_FORMATS_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "com.ibm.icu..",
              "org.apache.commons.compress..",
              "org.apache.commons.io..",
              "de.siegmar.fastcsv..",
              "com.ibm.icu..",
              "dev.lifesign.domain..",
              "dev.lifesign.lab..");

  @ArchTest
  static final ArchRule THE_LAB_DOES_NOT_PRINT =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.lab.(**)").should().beFreeOfCycles();
}

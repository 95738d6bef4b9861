package dev.lifesign.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the whole house. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(packages = "dev.lifesign", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule CORE_DOES_NOT_KNOW_THE_APP =
      noClasses()
          .that()
          .resideInAPackage("dev.lifesign.core..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.lifesign.app..");

  @ArchTest
  static final ArchRule NOBODY_CALLS_A_COMMAND =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lifesign.app.command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.lifesign.app.command..");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.app.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_COMMANDS_AND_THE_DEMO_PRINT =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lifesign.app.command..", "dev.lifesign.app.demo..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}

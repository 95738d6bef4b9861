package dev.lifesign.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dependency rules of the whole project. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(packages = "dev.lifesign", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("app")
          .definedBy("dev.lifesign.app..")
          .layer("lab")
          .definedBy("dev.lifesign.lab..")
          .layer("core")
          .definedBy("dev.lifesign.core..")
          .layer("domain")
          .definedBy("dev.lifesign.domain..")
          .layer("schemas")
          .definedBy("dev.lifesign.schema..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("lab")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("core")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("domain")
          .mayOnlyBeAccessedByLayers("app", "lab", "core")
          .whereLayer("schemas")
          .mayOnlyBeAccessedByLayers("app", "core");

  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_A_COMMAND =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lifesign.app.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.lifesign.app.cli..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.app.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_COMMANDS_AND_THE_DEMO_PRINT =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lifesign.app.cli..", "dev.lifesign.app.demo..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}

package dev.lifesign.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of core. ArchUnit fails a rule that matches no class. */
@AnalyzeClasses(
    packages = "dev.lifesign.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("topology")
          .definedBy("dev.lifesign.core.topology..")
          .layer("lookup")
          .definedBy("dev.lifesign.core.lookup..")
          .layer("task")
          .definedBy("dev.lifesign.core.task..")
          .layer("population")
          .definedBy("dev.lifesign.core.population..")
          .layer("store")
          .definedBy("dev.lifesign.core.store")
          .layer("heap")
          .definedBy("dev.lifesign.core.store.heap..")
          .layer("codec")
          .definedBy("dev.lifesign.core.codec..")
          .layer("contract")
          .definedBy("dev.lifesign.core.contract..")
          .layer("wire")
          .definedBy("dev.lifesign.core.wire..")
          .whereLayer("topology")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("lookup")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("task")
          .mayOnlyBeAccessedByLayers("topology", "lookup")
          .whereLayer("population")
          .mayOnlyBeAccessedByLayers("topology", "task")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("topology", "lookup", "task", "population")
          .whereLayer("heap")
          .mayOnlyBeAccessedByLayers("topology", "store")
          .whereLayer("contract")
          .mayOnlyBeAccessedByLayers("topology", "lookup", "task", "population", "store")
          .whereLayer("codec")
          .mayOnlyBeAccessedByLayers("topology", "lookup", "task", "population", "store", "heap");

  @ArchTest
  static final ArchRule THE_WIRE_KNOWS_NO_FACT =
      noClasses()
          .that()
          .resideInAPackage("dev.lifesign.core.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lifesign.domain..", "dev.lifesign.core.codec..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.lifesign.core.(**)").should().beFreeOfCycles();
}

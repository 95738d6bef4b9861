package dev.lifesign.app;

/** This build of Lifesign. */
public final class Build {

  private Build() {}

  /** Its name and version, such as {@code lifesign 0.1.0}. */
  public static String name() {
    String version = Build.class.getPackage().getImplementationVersion();
    return "lifesign " + (version == null ? "(development)" : version);
  }
}

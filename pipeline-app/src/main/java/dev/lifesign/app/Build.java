package dev.lifesign.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.jar.JarInputStream;

/** This build of Lifesign. */
public final class Build {

  private Build() {}

  /** Its name and version, such as {@code lifesign 0.1.0}. */
  public static String name() {
    return "lifesign " + (isPackaged() ? version() : "(development)");
  }

  /** The same with the commit that it was built from. */
  public static String nameAndCommit() {
    return isPackaged() ? "%s (commit %s)".formatted(name(), commit()) : name();
  }

  private static boolean isPackaged() {
    return version() != null;
  }

  private static String version() {
    return Build.class.getPackage().getImplementationVersion();
  }

  private static String commit() {
    URL jar = Build.class.getProtectionDomain().getCodeSource().getLocation();
    try (JarInputStream entries = new JarInputStream(jar.openStream())) {
      String commit = entries.getManifest().getMainAttributes().getValue("Implementation-Build");
      // Where there was no git, as in an image's build, the property stays as it was written.
      return commit == null || commit.startsWith("$") ? "unknown" : commit;
    } catch (IOException e) {
      throw new UncheckedIOException("The jar " + jar + " could not be read", e);
    }
  }
}

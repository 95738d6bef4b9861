package dev.lifesign.core.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;

/** Reads the settings of a registry client from the keys that Confluent's clients use. */
public final class RegistrySettings {

  private static final String PATIENCE = "schema.registry.patience.ms";

  private RegistrySettings() {}

  /**
   * Reads the settings.
   *
   * @throws ConfigException if a value is missing or malformed, or a store cannot be opened; the
   *     message names the key
   */
  public static HttpSchemaRegistry.Settings of(Map<String, ?> configs) {
    String urls = text(configs, "schema.registry.url").orElse("");
    if (urls.isBlank()) {
      throw new ConfigException(
          "schema.registry.url is missing; set it to the address of the registry, such as http://localhost:8081");
    }
    return new HttpSchemaRegistry.Settings(
        Arrays.stream(urls.split(",")).map(String::trim).map(RegistrySettings::address).toList(),
        authorization(configs),
        tls(configs),
        patience(configs),
        !"false".equals(text(configs, "auto.register.schemas").orElse("true")));
  }

  private static URI address(String url) {
    try {
      URI address = new URI(url);
      if (address.isAbsolute() && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Reported below, like an address without a host.
    }
    throw new ConfigException(
        "schema.registry.url (%s) is not an address such as http://localhost:8081".formatted(url));
  }

  private static Duration patience(Map<String, ?> configs) {
    String millis = text(configs, PATIENCE).orElse("60000");
    try {
      return Duration.ofMillis(Long.parseLong(millis));
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "%s (%s) is not a whole number of milliseconds, such as 60000"
              .formatted(PATIENCE, millis));
    }
  }

  private static Optional<String> authorization(Map<String, ?> configs) {
    Optional<String> bearer = text(configs, "bearer.auth.token");
    if (bearer.isPresent()) {
      return bearer.map(HttpSchemaRegistry.Settings::bearer);
    }
    return text(configs, "basic.auth.user.info")
        .or(() -> text(configs, "schema.registry.basic.auth.user.info"))
        .map(HttpSchemaRegistry.Settings::basic);
  }

  private static Optional<SSLContext> tls(Map<String, ?> configs) {
    Optional<String> truststore = text(configs, "schema.registry.ssl.truststore.location");
    Optional<String> keystore = text(configs, "schema.registry.ssl.keystore.location");
    if (truststore.isEmpty() && keystore.isEmpty()) {
      return Optional.empty();
    }
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(
          truststore.isEmpty()
              ? null
              : store(truststore.get(), text(configs, "schema.registry.ssl.truststore.password")));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      if (keystore.isPresent()) {
        Optional<String> password = text(configs, "schema.registry.ssl.keystore.password");
        keys.init(
            store(keystore.get(), password),
            text(configs, "schema.registry.ssl.key.password")
                .or(() -> password)
                .orElse("")
                .toCharArray());
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keystore.isPresent() ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
      return Optional.of(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException(
          "The store at schema.registry.ssl.truststore.location or"
              + " schema.registry.ssl.keystore.location could not be opened: "
              + e.getMessage()
              + "; check the locations and passwords");
    }
  }

  private static KeyStore store(String location, Optional<String> password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(location.endsWith(".jks") ? "JKS" : "PKCS12");
    try (InputStream file = Files.newInputStream(Path.of(location))) {
      store.load(file, password.map(String::toCharArray).orElse(null));
    }
    return store;
  }

  private static Optional<String> text(Map<String, ?> configs, String key) {
    return Optional.ofNullable(configs.get(key)).map(Object::toString);
  }
}

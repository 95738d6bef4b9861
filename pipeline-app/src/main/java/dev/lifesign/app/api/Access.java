package dev.lifesign.app.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Decides who may query customers: clients with the API key, or, if no key is configured, clients
 * on this machine only.
 */
final class Access {

  /** The scheme's name is compared without regard to case (RFC 9110, 11.1). */
  private static final String BEARER = "Bearer ";

  private final Optional<byte[]> apiKey;

  Access(Optional<String> apiKey) {
    this.apiKey = apiKey.map(key -> key.getBytes(StandardCharsets.UTF_8));
  }

  void check(Context context) {
    if (apiKey.isPresent()) {
      if (!MessageDigest.isEqual(apiKey.get(), brought(context))) {
        context.header("WWW-Authenticate", "Bearer");
        refuse(
            context,
            HttpStatus.UNAUTHORIZED,
            "The API key is missing or wrong; send it in the header Authorization: Bearer …");
      }
    } else if (!isThisMachine(context.ip())) {
      refuse(
          context,
          HttpStatus.FORBIDDEN,
          "Without an API key, only clients on this machine may send queries; set http.apiKey");
    }
  }

  private static void refuse(Context context, HttpStatus status, String detail) {
    Problem.write(context, status, detail);
    context.skipRemainingHandlers();
  }

  private static byte[] brought(Context context) {
    String header = context.header("Authorization");
    boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String key = bearer ? header.substring(BEARER.length()).strip() : "";
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isThisMachine(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

package dev.lifesign.app.api;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannelOverHttp;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.HttpConnectionFactory;

/**
 * Creates connections that accept any percent-encoded path and limit the time for the head of a
 * request (its first line and headers). Jetty's idle timeout alone is not enough: it restarts with
 * every byte, so a client that occasionally sends a byte could hold a connection forever.
 */
final class RequestConnections extends HttpConnectionFactory {

  /** The maximum time from the first byte of a request's head to its last. */
  static final Duration LONGEST_HEAD = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;

  /**
   * Creates a factory with the given configuration.
   *
   * @param nanoTime a monotonic clock, nanoseconds
   */
  RequestConnections(HttpConfiguration configuration, LongSupplier nanoTime) {
    super(configuration);
    this.nanoTime = nanoTime;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    RequestConnection connection = new RequestConnection(this, connector, endPoint);
    connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
    connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
    return configure(connection, connector, endPoint);
  }

  private static final class RequestConnection extends HttpConnection {

    private final LongSupplier nanoTime;
    private OptionalLong headBegan = OptionalLong.empty();

    RequestConnection(RequestConnections factory, Connector connector, EndPoint endPoint) {
      super(
          factory.getHttpConfiguration(),
          connector,
          endPoint,
          factory.isRecordHttpComplianceViolations());
      this.nanoTime = factory.nanoTime;
    }

    @Override
    protected HttpChannelOverHttp newHttpChannel() {
      return new HttpChannelOverHttp(
          this, getConnector(), getHttpConfiguration(), getEndPoint(), this) {
        @Override
        public void startRequest(String method, String uri, HttpVersion version) {
          super.startRequest(method, RawPath.withoutEscapes(uri), version);
        }
      };
    }

    /** Called whenever bytes have arrived. */
    @Override
    public void onFillable() {
      long now = nanoTime.getAsLong();
      if (headBegan.isPresent() && now - headBegan.getAsLong() > LONGEST_HEAD.toNanos()) {
        refuse();
        return;
      }
      long requests = getMessagesIn();
      super.onFillable();
      if (!getParser().inHeaderState() || getParser().isStart()) {
        headBegan = OptionalLong.empty();
      } else if (headBegan.isEmpty() || getMessagesIn() != requests) {
        headBegan = OptionalLong.of(now);
      }
    }

    private void refuse() {
      ((HttpChannelOverHttp) getHttpChannel())
          .badMessage(
              new BadMessageException(
                  HttpStatus.REQUEST_TIMEOUT_408,
                  "the request line and the headers took longer than %d s"
                      .formatted(LONGEST_HEAD.toSeconds())));
      getParser().close();
      close();
    }
  }
}

package tickerplant.feed.venue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A feed's way to its venue: the JDK's client, whose threads end by themselves soon after they have nothing to do. */
final class Network implements Line.Opener {
    /** The longest answer, in bytes. */
    private static final int MAX_ANSWER = 64 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IDLE_SECONDS = 2;

    private final HttpClient client;

    /** The way of the feed of that name. */
    Network(String feed) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "feed-" + feed + "-line-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        client = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(PATIENCE)
                .build();
    }

    @Override
    public Line open(URI address, Map<String, String> headers) throws IOException, InterruptedException {
        return SocketLine.open(client, address, headers);
    }

    /**
     * What is there.
     *
     * @throws IOException where nothing is; the message does not carry the address, which may have a key in it
     */
    String get(URI address, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        headers.forEach(request::header);
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(address.getHost() + address.getPath() + " answered " + response.statusCode()
                        + ", expected 200");
            }
            byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
            if (bytes.length > MAX_ANSWER) {
                throw new IOException(
                        address.getHost() + address.getPath() + " answered more than " + MAX_ANSWER + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}

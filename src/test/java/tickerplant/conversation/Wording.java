package tickerplant.conversation;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.market.Channel;
import tickerplant.market.Interval;
import tickerplant.server.TestService;

/** How random conversations say what they want, and what HTTP answers. */
final class Wording {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ID = Pattern.compile("\"id\":(1[0-9]{3})[,}]");

    private Wording() {}

    /** The fields of a request that name a channel. */
    static String of(Channel channel) {
        return "\"channel\":\"" + channel.word() + '"'
                + channel.interval()
                        .map(interval -> ",\"interval\":\"" + interval.word() + '"')
                        .orElse("");
    }

    /** Whether the key is one of the channel. */
    static boolean isOf(Channel channel, Key key) {
        return key.channel().equals(channel.word())
                && key.interval().equals(channel.interval().map(Interval::word).orElse(""));
    }

    /** A subscription that goes on from what is known. */
    static String resume(int id, Channel channel, Collection<String> entries, String epoch, Map<String, Long> seqs) {
        String symbols =
                entries.stream().sorted().map(entry -> '"' + entry + '"').collect(Collectors.joining(","));
        String numbers = seqs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        return """
            {"type":"subscribe","id":%d,%s,"symbols":[%s],"resume":{"epoch":"%s","seq":{%s}}}"""
                .formatted(id, of(channel), symbols, epoch, numbers);
    }

    /** The id of a request of a script, where it has one that is not senseless. */
    static Optional<String> idOf(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The last values of all symbols, as HTTP gives them to who shows the token, if there is one. */
    static Map<Key, Map<String, Object>> ticker(TestService service, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http("/api/v1/ticker"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        String body =
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        Map<Key, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row : Message.of(0, body).rows()) {
            rows.put(Key.of(Channel.TICKER.word(), (String) row.get("symbol")), row);
        }
        return rows;
    }
}

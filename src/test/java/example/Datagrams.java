package example;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.*;
import tickerplant.feed.*;
import tickerplant.market.*;

/** Trades that come by UDP, one in a datagram: {@code ACME 10.25 100}. */
public record Datagrams(String name, int port, Clock clock) implements Feed {
    /** Makes it of {@code --feed 'datagrams?port=5000'}. */
    public static final class Maker implements FeedMaker {
        @Override
        public String kind() {
            return "datagrams";
        }

        @Override
        public Feed feed(FeedSpec spec, Clock clock) {
            spec.allow(Set.of("port"));
            return new Datagrams(spec.kind(), (int) spec.number("port", 5_000, 1, 65_535), clock);
        }
    }

    @Override
    public void run(FeedSink sink) throws IOException, InterruptedException {
        SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (DatagramChannel channel = DatagramChannel.open().bind(address)) {
            ByteBuffer bytes = ByteBuffer.allocate(1_500);
            for (long number = 1; ; number++) {
                channel.receive(bytes.clear());
                String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
                try {
                    tell(text.strip().split(" "), sink);
                } catch (RuntimeException e) {
                    sink.damaged("datagram " + number, "expected SYMBOL PRICE SIZE: " + e);
                }
            }
        }
    }

    private void tell(String[] words, FeedSink sink) throws InterruptedException {
        Symbol symbol = Symbol.parse(words[0]).orElseThrow();
        long price = Decimal.steps(new BigDecimal(words[1]), 4); // in steps of 0.0001
        Instrument instrument = new Instrument(symbol, "", "USD", "", 4, 0, ZoneOffset.UTC);
        sink.event(new Listed(instrument, name, Decimal.ABSENT, clock.micros())); // only the first one counts
        sink.event(new Trade(symbol, price, Long.parseLong(words[2]), Side.UNKNOWN, "", "", Set.of(), clock.micros()));
    }
}

package tickerplant.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/** A capture of IEX, played after its scan. What tests of captures share. */
abstract class PlayedCapture {
    static final Symbol AAPL = new Symbol("AAPL");
    static final Symbol ZIEXT = new Symbol("ZIEXT");
    static final long NANOS = 1_499_697_155_788_781_087L;
    static final long MICROS = 1_499_697_155_788_781L;

    static Tops deep(long number) {
        return Tops.from(number).protocol(0x8004);
    }

    static Tops trade(long number) {
        return Tops.from(number).trade(0, NANOS, "AAPL", 1, 1_000, number);
    }

    static List<String> ids(Heard heard) {
        return heard.events(Trade.class).stream().map(Trade::id).toList();
    }

    /** Plays a capture after its scan; what the scan listed is not listed again. */
    static Heard play(byte[] capture) throws Exception {
        IexCapture recording = new IexCapture(source(capture), "f", "");
        try {
            recording.instruments();
        } catch (IOException e) {
            assertTrue(e.getMessage().startsWith("no packet of IEX TOPS 1.6 or DEEP 1.0"), e.getMessage());
        }
        Heard heard = new Heard();
        recording.play(heard);
        assertEquals(List.of(), heard.events(Listed.class));
        return heard;
    }

    static tickerplant.feed.Recording.Source source(byte[] bytes) {
        return () -> (InputStream) new ByteArrayInputStream(bytes);
    }
}

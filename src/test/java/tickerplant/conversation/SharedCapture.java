package tickerplant.conversation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * The real IEX capture beside the project, where it is there, and what an independent decoder made of it. Data provided for
 * free by IEX. By accessing or using IEX Historical Data, you agree to the IEX Historical Data Terms of Use.
 */
final class SharedCapture {
    private static final Path FOLDER = Path.of("..", "shared", "data", "iex");
    static final Path CAPTURE = FOLDER.resolve("TOPS16.pcapng.gz");
    private static final Path DECODED = FOLDER.resolve("TOPS16.decoded.csv.gz");

    private SharedCapture() {}

    static void isNeeded() {
        assumeTrue(Files.isReadable(CAPTURE) && Files.isReadable(DECODED), "no real data at " + FOLDER);
    }

    /** The trades in order, by symbol, each as {@code size,price,tradeId}. */
    static Map<String, List<String[]>> trades() throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(DECODED)), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .map(line -> line.split(",", -1))
                    .filter(fields -> fields[0].equals("T"))
                    .collect(Collectors.groupingBy(
                            fields -> fields[2],
                            Collectors.mapping(
                                    fields -> new String[] {fields[3], fields[4], fields[5]}, Collectors.toList())));
        }
    }
}

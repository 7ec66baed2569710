package tickerplant.codec;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tickerplant.command.Command;

/** A client's request, from its text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CommandBenchmark {
    @Param({"1", "500"})
    public int symbols;

    private final CommandReader reader = new CommandReader();
    private String text;

    /** The request's text. */
    @Setup
    public void write() {
        text = IntStream.range(0, symbols)
                .mapToObj(i -> String.format("\"SIM%05d\"", i))
                .collect(Collectors.joining(",", "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[", "]}"));
    }

    @Benchmark
    public Command subscribe() {
        return reader.read(text);
    }
}

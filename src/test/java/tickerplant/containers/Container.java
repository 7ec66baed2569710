package tickerplant.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the WAR runs in, as the build has unpacked it, and how it is started without a shell in between. */
enum Container {
    /** The WAR by itself. */
    EMBEDDED {
        @Override
        List<String> command(Path base, int port) {
            return java("-Xmx256m", "-jar", war().toString(), "--port", String.valueOf(port));
        }
    },
    /** With the project's own {@code server.xml}. */
    TOMCAT_11 {
        @Override
        List<String> command(Path base, int port) throws IOException {
            return tomcat(unpacked("tomcat11"), base, port);
        }
    },
    PAYARA_MICRO_6 {
        @Override
        List<String> command(Path base, int port) throws IOException {
            Path before = Files.writeString(
                    base.resolve("pre-boot.asadmin"),
                    """
                set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
                set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false
                set configs.config.server-config.network-config.transports.transport.tcp.socket-write-buffer-size=65536
                """);
            return java(
                    "-Xmx400m",
                    "-Djava.io.tmpdir=" + Files.createDirectories(base.resolve("temp")),
                    "-jar",
                    folder("payara").resolve("payara-micro.jar").toString(),
                    "--deploy",
                    war().toString(),
                    "--contextroot",
                    "/",
                    "--port",
                    String.valueOf(port),
                    "--nocluster",
                    "--disablephonehome",
                    "--prebootcommandfile",
                    before.toString());
        }
    };

    /**
     * The command that starts it in the foreground.
     *
     * @param base an empty folder, all that it may write to; absolute
     * @param port of the loopback interface, where it is to serve the WAR at {@code /}
     */
    abstract List<String> command(Path base, int port) throws IOException;

    private static List<String> tomcat(Path home, Path base, int port) throws IOException {
        for (String folder : List.of("conf", "logs", "temp", "work", "webapps")) {
            Files.createDirectories(base.resolve(folder));
        }
        return java(
                "-Xmx256m",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-Djava.io.tmpdir=" + base.resolve("temp"),
                "-Dhttp.port=" + port,
                "-Dwar=" + war(),
                "-cp",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "-config",
                Path.of("server.xml").toAbsolutePath().toString(),
                "start");
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // several JVMs share few processors here
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-UsePerfData");
        command.addAll(List.of(arguments));
        return command;
    }

    static Path war() {
        return Path.of(System.getProperty("war")).toAbsolutePath();
    }

    /** Where the build has put a container. */
    private static Path folder(String name) {
        return Path.of(System.getProperty("containers"), name).toAbsolutePath();
    }

    /** The one folder in a container's archive, which has its version in its name. */
    private static Path unpacked(String name) throws IOException {
        try (Stream<Path> folders = Files.list(folder(name))) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }
}

package tickerplant.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    },
    TOMCAT_10_1 {
        @Override
        List<String> command(Path base, int port) throws IOException {
            return tomcat(unpacked("tomcat10"), base, port);
        }
    },
    GLASSFISH_7 {
        @Override
        List<String> command(Path base, int port) throws IOException {
            return java(
                    "-Xmx400m",
                    "-Djava.io.tmpdir=" + Files.createDirectories(base.resolve("temp")),
                    "-jar",
                    folder("glassfish").resolve("glassfish-embedded-all.jar").toString(),
                    "--port=" + port,
                    "--noInfo",
                    Files.copy(war(), base.resolve("ROOT.war")).toString());
        }
    },
    WILDFLY {
        @Override
        List<String> command(Path base, int port) throws IOException {
            Path home = unpacked("wildfly");
            Path configuration = Files.createDirectories(base.resolve("configuration"));
            try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, configuration.resolve(file.getFileName()));
                }
            }
            Files.copy(
                    war(), Files.createDirectories(base.resolve("deployments")).resolve("ROOT.war"));
            return java(
                    "-Xmx400m",
                    // what its own start script opens
                    "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                    "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                    "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
                    "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
                    "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.security=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.management/javax.management=ALL-UNNAMED",
                    "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                    "-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"),
                    "-Dlogging.configuration="
                            + configuration.resolve("logging.properties").toUri(),
                    "-jar",
                    home.resolve("jboss-modules.jar").toString(),
                    "-mp",
                    home.resolve("modules").toString(),
                    "org.jboss.as.standalone",
                    "-Djboss.home.dir=" + home,
                    "-Djboss.server.base.dir=" + base,
                    "-Djboss.bind.address=127.0.0.1",
                    "-Djboss.http.port=" + port,
                    "-Djboss.https.port=0",
                    "-Djboss.management.http.port=0");
        }
    },
    OPEN_LIBERTY {
        @Override
        List<String> command(Path base, int port) throws IOException {
            Path tools = unpacked("liberty").resolve("bin/tools");
            Files.writeString(
                    Files.createDirectories(base.resolve("servers/tickerplant")).resolve("server.xml"),
                    """
                <server>
                  <featureManager>
                    <feature>servlet-6.0</feature>
                    <feature>websocket-2.1</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                  <webApplication location="%s" contextRoot="/"/>
                  <config updateTrigger="disabled"/>
                  <applicationMonitor updateTrigger="disabled" dropinsEnabled="false"/>
                </server>
                """
                            .formatted(port, war()));
            return java(
                    "-Xmx400m",
                    "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                    "-jar",
                    tools.resolve("ws-server.jar").toString(),
                    "tickerplant");
        }

        @Override
        Map<String, String> environment(Path base) {
            return Map.of("WLP_USER_DIR", base.toString());
        }
    },
    JETTY_12 {
        @Override
        List<String> command(Path base, int port) throws IOException {
            Files.copy(war(), Files.createDirectories(base.resolve("webapps")).resolve("ROOT.war"));
            Files.writeString(
                    Files.createDirectories(base.resolve("start.d")).resolve("tickerplant.ini"),
                    """
                --modules=http,ee10-deploy,ee10-websocket-jakarta,ee10-annotations
                jetty.http.host=127.0.0.1
                jetty.http.port=%d
                jetty.server.stopAtShutdown=true
                """
                            .formatted(port));
            return java(
                    "-Xmx256m",
                    "-Djetty.base=" + base,
                    "-Djava.io.tmpdir=" + Files.createDirectories(base.resolve("temp")),
                    "-jar",
                    unpacked("jetty").resolve("start.jar").toString(),
                    "jetty.http.host=127.0.0.1",
                    "jetty.http.port=" + port,
                    "jetty.server.stopAtShutdown=true");
        }
    };

    /**
     * The command that starts it in the foreground.
     *
     * @param base an empty folder, all that it may write to; absolute
     * @param port of the loopback interface, where it is to serve the WAR at {@code /}
     */
    abstract List<String> command(Path base, int port) throws IOException;

    /** What it needs in its environment. */
    Map<String, String> environment(Path base) {
        return Map.of();
    }

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

package tickerplant.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the layout of the packages promises, held against every production class. */
class ArchitectureTest {
    /** A package imports only packages that stand before it; a subpackage counts as its package. */
    static final List<String> ORDER = List.of(
            "market", "feed", "journal", "bus", "message", "hub", "session", "command", "codec", "service", "socket",
            "http", "client", "server");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("tickerplant");

    private static final String SYSTEM_CLOCK = "tickerplant.market.SystemClock";
    private static final Set<String> CLOCK_METHODS = Set.of("currentTimeMillis", "nanoTime");
    private static final Set<String> POOLS = Set.of("parallelStream", "parallel");

    private static String in(String name) {
        return "tickerplant." + name + "..";
    }

    private static String[] in(String... names) {
        return Stream.of(names).map(ArchitectureTest::in).toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    /** Some of the packages don't have classes yet; their rule waits for them. */
    private static void checkWhereThereIsAny(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCTION);
    }

    @Test
    void everyClassLivesInAPackageOfTheList() {
        check(classes()
                .should()
                .resideInAnyPackage(in(ORDER.toArray(String[]::new)))
                .because("the list is the map of the project, and what is not on it has no place in its order"));
    }

    @ParameterizedTest
    @FieldSource("ORDER")
    void aPackageImportsOnlyPackagesBeforeIt(String name) {
        List<String> later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
        if (!later.isEmpty()) {
            checkWhereThereIsAny(noClasses()
                    .that()
                    .resideInAPackage(in(name))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(in(later.toArray(String[]::new)))
                    .because("one direction is what makes a package readable and testable without those around it"));
        }
    }

    @Test
    void theClientLibraryNeedsNothingOfTheServer() {
        checkWhereThereIsAny(noClasses()
                .that()
                .resideInAPackage(in("client"))
                .should()
                .dependOnClassesThat(describe("belong to the server", ArchitectureTest::isOfTheServer))
                .because("who uses the client library should carry the words of the wire and nothing else"));
    }

    private static boolean isOfTheServer(JavaClass target) {
        return target.getPackageName().startsWith("tickerplant.")
                && Stream.of("market", "message", "command", "codec", "client")
                        .noneMatch(name -> (target.getPackageName() + ".").startsWith("tickerplant." + name + "."));
    }

    @Test
    void theKindsOfFeedDoNotKnowEachOtherInACircle() {
        check(slices().matching("tickerplant.feed.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feed must be understood, and thrown out, by itself"));
    }

    @Test
    void whatAFeedIsDoesNotKnowTheKinds() {
        check(noClasses()
                .that()
                .resideInAPackage("tickerplant.feed")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tickerplant.feed.*..")
                .because("a further kind of feed must not change what a feed is; the service alone knows all kinds"));
    }

    @Test
    void onlyTheServerKnowsAContainer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("server"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.glassfish..", "org.apache.catalina..", "org.apache.tomcat..")
                .because("everything else has to run in whatever container the WAR is deployed to"));
    }

    @Test
    void webSocketsStayInTheirPackages() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("socket", "server", "client"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.websocket..")
                .because("containers differ in how sockets behave, and one thin layer answers for that"));
    }

    @Test
    void servletsStayInTheirPackages() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("http", "server"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .because("the service must be testable, and usable, without HTTP"));
    }

    @Test
    void jsonStaysWhereItIsReadAndWritten() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("codec", "feed", "bus"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.json..", "org.eclipse.parsson..")
                .because("everything between the wires speaks of prices and clients, not of a notation"));
    }

    @Test
    void threadsStartWhereTheyAreStopped() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(in("service", "feed", "journal", "bus", "server"))
                        .should()
                        .accessTargetWhere(describe("a thread is made", ArchitectureTest::makesAThread))
                        .because(
                                "each of these packages also ends its threads, in an order; anybody else's would outlive a stop"));
    }

    private static boolean makesAThread(JavaAccess<?> access) {
        JavaClass owner = access.getTarget().getOwner();
        String name = access.getTarget().getName();
        return (name.equals("<init>")
                        && (owner.isAssignableTo(Thread.class)
                                || owner.isAssignableTo(Timer.class)
                                || owner.isAssignableTo(ExecutorService.class)))
                || owner.isEquivalentTo(Executors.class)
                || (owner.isAssignableTo(CompletableFuture.class) && name.endsWith("Async"))
                || ((owner.isAssignableTo(BaseStream.class) || owner.isAssignableTo(Iterable.class))
                        && POOLS.contains(name));
    }

    @Test
    void onlyOneClassReadsTheClock() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(SYSTEM_CLOCK)
                .should()
                .accessTargetWhere(describe("the machine's clock is asked", ArchitectureTest::asksTheClock))
                .because(
                        "tests and replays bring a time of their own, and what reads another can't be judged by them"));
    }

    private static boolean asksTheClock(JavaAccess<?> access) {
        JavaClass owner = access.getTarget().getOwner();
        String name = access.getTarget().getName();
        return (owner.isEquivalentTo(System.class) && CLOCK_METHODS.contains(name))
                || (owner.getPackageName().startsWith("java.time") && name.equals("now"))
                || (owner.isAssignableTo(java.time.Clock.class) && name.startsWith("system"))
                || ((owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class))
                        && name.equals("sleep"))
                || (owner.isEquivalentTo(LockSupport.class) && (name.equals("parkNanos") || name.equals("parkUntil")));
    }

    @Test
    void nobodyUsesTheOldDates() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("tickerplant.service.Claims") // its library speaks of them
                .should()
                .dependOnClassesThat(oldDates())
                .because("they hide the clock and the time zone, and time here is microseconds since the epoch"));
    }

    private static DescribedPredicate<JavaClass> oldDates() {
        return describe(
                "are dates of old",
                (JavaClass target) -> target.isAssignableTo(Date.class) || target.isAssignableTo(Calendar.class));
    }

    @Test
    void onlyTheServerPrints() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("server"))
                .should(ACCESS_STANDARD_STREAMS)
                .because("in a container nobody reads it, and on its own the first line must be the address"));
    }

    @Test
    void everyPackageSaysWhatItOwns() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertEquals(List.of(), silent, "packages without a package-info.java");
        }
    }
}

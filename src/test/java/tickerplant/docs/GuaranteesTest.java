package tickerplant.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import tickerplant.checker.Mutation;

/** Whatever the list of guarantees names as their proof is there, and runs. */
class GuaranteesTest {
    private static final Path GUARANTEES = Path.of("docs", "guarantees.md");
    private static final Pattern PROOF = Pattern.compile("`([a-z]+\\.[A-Z]\\w*)\\.(\\w+)`");
    private static final Pattern MUTANT = Pattern.compile("^\\| `([A-Z_]+)` \\| (\\d+) \\|$", Pattern.MULTILINE);
    private static final Pattern LINE = Pattern.compile("^\\| (?!`[A-Z_]+` \\|)(.*) \\|$", Pattern.MULTILINE);
    private static final List<String> HEADS = List.of("Asserted ", "Faulty ", "Sent ", "Away ");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher proof = PROOF.matcher(Files.readString(GUARANTEES));
        int proofs = 0;
        while (proof.find()) {
            proofs++;
            if (!isTest("tickerplant." + proof.group(1), proof.group(2))) {
                missing.add(proof.group());
            }
        }
        assertFalse(proofs == 0);
        assertEquals(List.of(), missing);
    }

    private static boolean isTest(String type, String method) {
        try {
            return Arrays.stream(Class.forName(type, false, GuaranteesTest.class.getClassLoader())
                            .getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(method))
                    .anyMatch(candidate -> AnnotationSupport.isAnnotated(candidate, Testable.class)
                            || AnnotationSupport.isAnnotated(candidate, AfterEach.class));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void everyLineNamesATest() throws IOException {
        List<String> unproved = new ArrayList<>();
        Matcher line = LINE.matcher(Files.readString(GUARANTEES));
        int lines = 0;
        while (line.find()) {
            boolean isHead = HEADS.stream().anyMatch(line.group(1)::startsWith);
            if (!isHead && !PROOF.matcher(line.group()).find()) {
                unproved.add(line.group());
            }
            lines++;
        }
        assertFalse(lines == 0);
        assertEquals(List.of(), unproved);
    }

    @Test
    void everyMutantIsListedWithTheAssertionThatCatchesIt() throws IOException {
        List<String> listed = new ArrayList<>();
        Matcher mutant = MUTANT.matcher(Files.readString(GUARANTEES));
        while (mutant.find()) {
            listed.add(mutant.group(1) + " " + mutant.group(2));
        }
        assertEquals(
                Arrays.stream(Mutation.values())
                        .map(each -> each + " " + each.caughtBy().number())
                        .toList(),
                listed);
    }
}

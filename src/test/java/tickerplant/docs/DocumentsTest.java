package tickerplant.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tickerplant.service.Setting;

/** What the documents say about the settings and about each other is so. */
class DocumentsTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern ROW = Pattern.compile("^\\| `[a-z_.]+` \\| `--.*$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void theReadmeListsEverySettingAsItIs() throws IOException {
        List<String> expected =
                Stream.of(Setting.values()).map(DocumentsTest::row).toList();
        List<String> listed = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(README));
        while (row.find()) {
            listed.add(row.group());
        }
        assertEquals(expected, listed);
    }

    private static String row(Setting setting) {
        String fallback = setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`";
        return String.join(
                        " | ",
                        "| `" + setting.key() + "`",
                        "`" + setting.option() + "`",
                        fallback,
                        setting.expected(),
                        setting.description())
                + " |";
    }

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(README, Path.of("CHANGELOG.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                links++;
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(document + ": " + link.group(1));
                }
            }
        }
        assertFalse(links == 0);
        assertEquals(List.of(), broken);
    }
}

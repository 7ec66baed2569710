package tickerplant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTypeTest {
    @ParameterizedTest
    @CsvSource({
        "/index.html,text/html; charset=utf-8",
        "/js/app.js,text/javascript; charset=utf-8",
        "/js/app.mjs,text/javascript; charset=utf-8",
        "/css/a.b.css,text/css; charset=utf-8",
        "/icon.svg,image/svg+xml",
        "/asyncapi.json,application/json",
        "/icon.png,image/png"
    })
    void theEndingTellsTheType(String path, String type) {
        assertEquals(Optional.of(type), PageType.of(path).map(PageType::contentType));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/a.html",
                "/web-inf/a.html",
                "/META-INF/a.json",
                "/.htpasswd.txt",
                "/js/.a.js",
                "/a.class",
                "/html",
                "/a.html.bak",
                "/a.HTML"
            })
    void whatIsNotOfThePageHasNone(String path) {
        assertEquals(Optional.empty(), PageType.of(path));
    }
}

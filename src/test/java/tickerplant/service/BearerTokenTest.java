package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerTokenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "none",
            textBlock =
                    """
            Bearer abc    |                     | abc
            bearer  abc   | token=def           | abc
            Basic YTpi    | token=def           | def
            Basic YTpi    |                     |
                          | a=1&token=d%2Ee%2Bf | d.e+f
                          | token=              |
                          | Token=x&tokens=y    |
            """)
    void theHeaderGoesBeforeTheQuery(String header, String query, String token) {
        assertEquals(
                Optional.ofNullable(token),
                BearerToken.in(header == null ? List.of() : List.of(header), query == null ? "" : query));
    }

    @Test
    void whereThereAreTwoNoneIsGood() {
        assertEquals(Optional.of(""), BearerToken.in(List.of("Bearer a", "Bearer b"), ""));
        assertEquals(Optional.of(""), BearerToken.in(List.of(), "token=a&token=b"));
    }

    @Test
    void whatCannotBeDecodedIsNoGoodEither() {
        assertEquals(Optional.of(""), BearerToken.in(List.of(), "token=%zz"));
    }
}

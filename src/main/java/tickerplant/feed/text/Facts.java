package tickerplant.feed.text;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a row says about its instrument beside the event.
 *
 * @param name what people call it; empty where the row does not say
 * @param currency what its prices are in; empty where the row does not say
 * @param exchange where it is listed; empty where the row does not say
 * @param zone whose midnight ends its day
 * @param prevClose the close of the day before, positive
 */
record Facts(String name, String currency, String exchange, Optional<ZoneId> zone, Optional<BigDecimal> prevClose) {
    static Facts of(Row row) throws BadLine {
        return new Facts(
                row.text(Column.NAME),
                row.text(Column.CURRENCY),
                row.text(Column.EXCHANGE),
                RowReader.zone(row),
                row.has(Column.PREV_CLOSE) ? Optional.of(row.positive(Column.PREV_CLOSE)) : Optional.empty());
    }
}

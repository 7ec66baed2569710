package tickerplant.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tickerplant.market.Condition;

class SaleConditionsTest {
    @Test
    void eachFlagIsItsSaleCondition() {
        assertEquals(Set.of(), SaleConditions.of(0x07));
        assertEquals(Set.of(Condition.INTERMARKET_SWEEP), SaleConditions.of((byte) 0x80));
        assertEquals(Set.of(Condition.EXTENDED), SaleConditions.of(0x40));
        assertEquals(Set.of(Condition.ODD_LOT), SaleConditions.of(0x20));
        assertEquals(Set.of(Condition.TRADE_THROUGH_EXEMPT), SaleConditions.of(0x10));
        assertEquals(Set.of(Condition.SINGLE_PRICE_CROSS), SaleConditions.of(0x08));
        assertEquals(Set.of(Condition.values()), SaleConditions.of((byte) 0xFF));
        assertThrows(
                UnsupportedOperationException.class, () -> SaleConditions.of(0).add(Condition.ODD_LOT));
    }
}

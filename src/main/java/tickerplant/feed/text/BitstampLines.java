package tickerplant.feed.text;

/** The lines of the sample: {@code seconds,price,amount}, behind a header, every number with 12 decimals. */
public final class BitstampLines implements LineForm {
    @Override
    public int headerLines() {
        return 1;
    }

    @Override
    public Row row(String line) throws BadLine {
        String[] cells = line.split(",", -1);
        if (cells.length != 3) {
            throw new BadLine(cells.length + " cells, expected seconds, price and amount");
        }
        Row row = new Row();
        row.set(Column.SYMBOL, "BTC-USD");
        row.set(Column.NAME, "Bitcoin / US dollar");
        row.set(Column.CURRENCY, "USD");
        row.set(Column.EXCHANGE, "Bitstamp");
        row.set(Column.VENUE, "bitstamp");
        row.set(Column.TS, cells[0] + "000");
        row.set(Column.PRICE, shortest(cells[1]));
        row.set(Column.SIZE, shortest(cells[2]));
        return row;
    }

    /** The same number without the zeros that fill it up, which say nothing about the steps of the market. */
    private static String shortest(String number) {
        int end = number.length();
        if (number.indexOf('.') >= 0) {
            while (number.charAt(end - 1) == '0') {
                end--;
            }
            if (number.charAt(end - 1) == '.') {
                end--;
            }
        }
        return number.substring(0, end);
    }
}

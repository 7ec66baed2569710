/**
 * Which of the market's symbols are listed, and in which order: what the reader filters and sorts by.
 */
export class Listing {
    #market;
    #column;
    #descending = false;
    #words = [];

    constructor(market, column) {
        this.#market = market;
        this.#column = column;
    }

    get column() {
        return this.#column;
    }

    get descending() {
        return this.#descending;
    }

    /** Whether the order can change by an update, and not only by a symbol that comes or goes. */
    get moves() {
        return this.#column.kind === 'number';
    }

    /** Lists the symbols whose symbol or name has each of the words in it. */
    filter(text) {
        this.#words = text.toUpperCase().split(/\s+/).filter(Boolean);
    }

    /** Sorts by a column: numbers from the largest, words from A; the other way round when it was the one already. */
    sortBy(column) {
        this.#descending = column === this.#column ? !this.#descending : column.kind === 'number';
        this.#column = column;
    }

    /** All that match, in order; a symbol without a value comes last whichever way it goes. */
    symbols() {
        const rows = [];
        for (const symbol of this.#market.symbols()) {
            const row = this.#market.row(symbol);
            if (this.#matches(row)) {
                rows.push(row);
            }
        }
        rows.sort((a, b) => this.#compare(a, b));
        return rows.map((row) => row.symbol);
    }

    #matches(row) {
        if (this.#words.length === 0) {
            return true;
        }
        const text = `${row.symbol} ${row.name ?? ''}`.toUpperCase();
        return this.#words.every((word) => text.includes(word));
    }

    #compare(a, b) {
        const [left, right] = [a[this.#column.field], b[this.#column.field]];
        if (left === undefined || right === undefined) {
            return (left === undefined) - (right === undefined) || compare(a.symbol, b.symbol);
        }
        return (this.#descending ? compare(right, left) : compare(left, right)) || compare(a.symbol, b.symbol);
    }
}

function compare(left, right) {
    if (left === right) {
        return 0;
    }
    return left < right ? -1 : 1;
}

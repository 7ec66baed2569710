/**
 * Which of the market's symbols are listed, and in which order: a reader's own list in its order, or all by their names, or
 * either sorted by a column.
 */
export class Listing {
    #market;
    #column;
    #descending = false;
    #own;

    constructor(market) {
        this.#market = market;
    }

    /** What is sorted by; undefined for the list's own order. */
    get column() {
        return this.#column;
    }

    get descending() {
        return this.#descending;
    }

    /** Whether the order can change by an update, and not only by a symbol that comes or goes. */
    get moves() {
        return this.#column !== undefined && this.#column.kind !== 'words';
    }

    /** Lists these symbols; undefined for all of the market. */
    show(symbols) {
        this.#own = symbols;
    }

    /** Sorts by a column: numbers from the largest, words from A; then the other way round; then not at all. */
    sortBy(column) {
        const first = column.kind !== 'words';
        if (column !== this.#column) {
            this.#column = column;
            this.#descending = first;
        } else if (this.#descending === first) {
            this.#descending = !first;
        } else {
            this.#column = undefined;
        }
    }

    /** In their order; a symbol without a value comes last whichever way it goes. */
    symbols() {
        const symbols = [...(this.#own ?? this.#market.symbols())];
        if (this.#column) {
            return symbols
                .map((symbol) => this.#market.row(symbol) ?? { symbol })
                .sort((a, b) => this.#compare(a, b))
                .map(({ symbol }) => symbol);
        }
        return this.#own ? symbols : symbols.sort(compare);
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

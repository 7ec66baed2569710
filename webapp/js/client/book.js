import { exact, rowChecksum } from './checksum.js';
import { TICKER_FIELDS } from './protocol.js';

/**
 * The last values of the channel `ticker`, one row per symbol, folded from snapshots and updates: a snapshot sets, an
 * update changes. It keeps the checksum that a heartbeat's `crc` is compared with.
 */
export class Book {
    #rows = new Map();
    #sums = new Map();
    #changed = new Set();
    #checksum = 0;
    #inexact = 0;

    get size() {
        return this.#rows.size;
    }

    symbols() {
        return this.#rows.keys();
    }

    /** The symbol's fields as last heard, or undefined. Belongs to the book: to be read only. */
    row(symbol) {
        return this.#rows.get(symbol);
    }

    set(entry) {
        const row = { symbol: entry.symbol };
        fold(row, entry);
        this.#rows.set(entry.symbol, row);
        this.#changed.add(entry.symbol);
    }

    update(entry) {
        fold(this.#rows.get(entry.symbol), entry);
        this.#changed.add(entry.symbol);
    }

    /** The events up to `to` will not come: the row stands for them all the same. */
    skip(symbol, to) {
        this.#rows.get(symbol).seq = to;
        this.#changed.add(symbol);
    }

    remove(symbol) {
        this.#rows.delete(symbol);
        this.#count(symbol, undefined);
        this.#changed.delete(symbol);
    }

    /** What is known stays, so that a page has something to show, but counts no more until it is set again. */
    expire() {
        this.#sums.clear();
        this.#changed.clear();
        this.#checksum = 0;
        this.#inexact = 0;
    }

    /** Whether a row was set since the last {@link expire}. */
    current(symbol) {
        return this.#changed.has(symbol) || this.#sums.has(symbol);
    }

    /** The checksum of all current rows; undefined where a number had more digits than a double keeps. */
    checksum() {
        for (const symbol of this.#changed) {
            this.#count(symbol, this.#rows.get(symbol));
        }
        this.#changed.clear();
        return this.#inexact > 0 ? undefined : this.#checksum;
    }

    #count(symbol, row) {
        const before = this.#sums.get(symbol);
        if (before) {
            this.#checksum = (this.#checksum ^ before.sum) >>> 0;
            this.#inexact -= before.inexact;
            this.#sums.delete(symbol);
        }
        if (row) {
            const after = { sum: rowChecksum(row), inexact: exact(row.last) && exact(row.trades) ? 0 : 1 };
            this.#checksum = (this.#checksum ^ after.sum) >>> 0;
            this.#inexact += after.inexact;
            this.#sums.set(symbol, after);
        }
    }
}

function fold(row, entry) {
    row.seq = entry.seq;
    for (const field of TICKER_FIELDS) {
        const value = entry[field];
        if (value === null) {
            delete row[field];
        } else if (value !== undefined) {
            row[field] = value;
        }
    }
}

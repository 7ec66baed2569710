import { TICKER_FIELDS } from './protocol.js';

/**
 * The page's last value cache: one row per symbol, folded from snapshots and updates.
 *
 * Each update says how many events it stands for, so that a lost one shows: `seq - n` has to be what was last received.
 * Events: `rows` (detail: the symbols that changed, once per message), `violation` (detail: symbol, expected, received),
 * `synchronised` (the cache is complete again).
 */
export class Market extends EventTarget {
    #rows = new Map();
    #received = new Map();
    #synchronised = false;
    #violations = 0;

    get size() {
        return this.#rows.size;
    }

    /** True once the first snapshot of this connection has come to its end. */
    get synchronised() {
        return this.#synchronised;
    }

    get violations() {
        return this.#violations;
    }

    symbols() {
        return this.#rows.keys();
    }

    /** The symbol's fields as last heard, or undefined. Belongs to the market: to be read only. */
    row(symbol) {
        return this.#rows.get(symbol);
    }

    /** A connection begins. Its rows stand on its own snapshots; what is known stays, so that the page has something to show. */
    begin() {
        this.#received.clear();
        this.#synchronised = false;
    }

    snapshot(message) {
        const changed = [];
        for (const entry of message.data) {
            const { symbol, seq } = entry;
            const row = { symbol };
            fold(row, entry);
            this.#rows.set(symbol, row);
            this.#received.set(symbol, seq);
            changed.push(symbol);
        }
        if (message.end && !this.#synchronised) {
            this.#forgetWhatWasNotRepeated(changed);
            this.#synchronised = true;
            this.#announceRows(changed);
            this.dispatchEvent(new Event('synchronised'));
        } else {
            this.#announceRows(changed);
        }
    }

    update(message) {
        const changed = [];
        for (const update of message.data) {
            if (this.#inSequence(update)) {
                fold(this.#rows.get(update.symbol), update);
                this.#received.set(update.symbol, update.seq);
                changed.push(update.symbol);
            }
        }
        this.#announceRows(changed);
    }

    /** The server says that events up to `to` are missing: the next update continues from there. */
    gap({ symbol, to }) {
        if (this.#received.has(symbol) && to > this.#received.get(symbol)) {
            this.#received.set(symbol, to);
            this.#rows.get(symbol).seq = to;
        }
    }

    #inSequence({ symbol, seq, n = 1 }) {
        const last = this.#received.get(symbol);
        if (last === undefined) {
            this.#violated({ symbol, expected: 'a snapshot first', received: seq });
            return false;
        }
        if (seq <= last) {
            return false;
        }
        if (seq - n !== last) {
            // Its values are the newest all the same; what else changed meanwhile only a snapshot can tell.
            this.#violated({ symbol, expected: last + 1, received: seq - n + 1 });
        }
        return true;
    }

    #violated(detail) {
        this.#violations++;
        this.dispatchEvent(new CustomEvent('violation', { detail }));
    }

    /** A restarted server may no longer know every symbol. */
    #forgetWhatWasNotRepeated(changed) {
        for (const symbol of this.#rows.keys()) {
            if (!this.#received.has(symbol)) {
                this.#rows.delete(symbol);
                changed.push(symbol);
            }
        }
    }

    #announceRows(symbols) {
        if (symbols.length > 0) {
            this.dispatchEvent(new CustomEvent('rows', { detail: symbols }));
        }
    }
}

function fold(row, update) {
    row.seq = update.seq;
    for (const field of TICKER_FIELDS) {
        const value = update[field];
        if (value === null) {
            delete row[field];
        } else if (value !== undefined) {
            row[field] = value;
        }
    }
}

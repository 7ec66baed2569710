const CHANNEL = 'ticker';

/**
 * The last values as the page's views read them: the client's book, and what changes in it.
 *
 * Events: `rows` (detail: the symbols that changed, once per message), `synchronised` (all stands as on the server).
 */
export class Market extends EventTarget {
    #client;
    #opening;

    constructor(client, opening) {
        super();
        this.#client = client;
        this.#opening = opening;
        client.addEventListener('rows', ({ detail: { channel, rows } }) => {
            if (channel === CHANNEL) {
                this.dispatchEvent(new CustomEvent('rows', { detail: rows.map(({ symbol }) => symbol) }));
            }
        });
        client.addEventListener('synchronised', () => opening.begun && this.#synchronised());
        opening.addEventListener('begun', () => this.#synchronised());
        opening.addEventListener('whole', () => this.#synchronised());
    }

    get size() {
        return this.#client.book.size;
    }

    get synchronised() {
        return this.#client.synchronised && this.#opening.begun;
    }

    /** Whether all symbols are here, and not only those that come first. */
    get whole() {
        return this.#opening.whole;
    }

    symbols() {
        return this.#client.book.symbols();
    }

    /** The symbol's fields as last heard, or undefined: to be read only. */
    row(symbol) {
        return this.#client.book.row(symbol);
    }

    /** The time of the newest row that is no newer than a moment, in epoch milliseconds; -Infinity where there is none. */
    newest(before) {
        let newest = -Infinity;
        for (const symbol of this.symbols()) {
            const { ts } = this.row(symbol);
            if (ts > newest && ts <= before) {
                newest = ts;
            }
        }
        return newest;
    }

    #synchronised() {
        this.dispatchEvent(new Event('synchronised'));
    }
}

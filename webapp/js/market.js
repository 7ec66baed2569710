const CHANNEL = 'ticker';

/**
 * The last values as the page's views read them: the client's book, and what changes in it.
 *
 * Events: `rows` (detail: the symbols that changed, once per message), `synchronised` (all stands as on the server).
 */
export class Market extends EventTarget {
    #client;

    constructor(client) {
        super();
        this.#client = client;
        client.addEventListener('rows', ({ detail: { channel, rows } }) => {
            if (channel === CHANNEL) {
                this.dispatchEvent(new CustomEvent('rows', { detail: rows.map(({ symbol }) => symbol) }));
            }
        });
        client.addEventListener('synchronised', () => this.dispatchEvent(new Event('synchronised')));
    }

    get size() {
        return this.#client.book.size;
    }

    get synchronised() {
        return this.#client.synchronised;
    }

    symbols() {
        return this.#client.book.symbols();
    }

    /** The symbol's fields as last heard, or undefined: to be read only. */
    row(symbol) {
        return this.#client.book.row(symbol);
    }
}

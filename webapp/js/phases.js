/**
 * Which phase of trading each symbol is in, as the channel `status` tells it.
 *
 * Events: `change` (detail: the symbols).
 */
export class Phases extends EventTarget {
    #phases = new Map();

    constructor(client) {
        super();
        client.addEventListener('rows', ({ detail: { channel, rows } }) => {
            if (channel === 'status') {
                this.#heard(rows);
            }
        });
    }

    of(symbol) {
        return this.#phases.get(symbol)?.phase;
    }

    halted(symbol) {
        return this.of(symbol) === 'halted';
    }

    /** The rows of all halted symbols, the newest first. */
    halts() {
        return [...this.#phases.values()].filter(({ phase }) => phase === 'halted').sort((a, b) => (b.ts ?? 0) - (a.ts ?? 0));
    }

    #heard(rows) {
        for (const row of rows) {
            if (row.phase) {
                this.#phases.set(row.symbol, row);
            } else {
                this.#phases.delete(row.symbol);
            }
        }
        this.dispatchEvent(new CustomEvent('change', { detail: rows.map(({ symbol }) => symbol) }));
    }
}

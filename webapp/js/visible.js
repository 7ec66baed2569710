const EVERY_MS = 250;

/**
 * Tells the server which symbols are looked at, by the page's parts that show some: all others come seldom. It is told at
 * most four times a second, however fast one scrolls.
 */
export class Visible {
    #client;
    #parts = new Map();
    #told = '';
    #timer;

    constructor(client) {
        this.#client = client;
    }

    /** What a part of the page shows now. */
    show(part, symbols) {
        this.#parts.set(part, symbols);
        this.#timer ??= setTimeout(() => {
            this.#timer = undefined;
            this.#tell();
        }, EVERY_MS);
    }

    #tell() {
        const visible = [...new Set([...this.#parts.values()].flat())];
        const text = [...visible].sort().join(' ');
        if (text !== this.#told) {
            this.#told = text;
            this.#client.configure({ visible });
        }
    }
}

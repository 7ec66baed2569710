const WINDOW_MS = 5_000;

/** How many messages and bytes went one way, in all and in a second of the last five. */
export class Throughput {
    #clock;
    #recent = [];
    #messages = 0;
    #bytes = 0;

    constructor(clock) {
        this.#clock = clock;
    }

    add(bytes) {
        this.#messages++;
        this.#bytes += bytes;
        const now = this.#clock.now();
        const second = Math.floor(now / 1_000);
        const last = this.#recent.at(-1);
        if (last?.second === second) {
            last.messages++;
            last.bytes += bytes;
        } else {
            this.#recent.push({ second, messages: 1, bytes });
        }
    }

    /** messages, bytes: in all; perSecond, bytesPerSecond: lately. */
    read() {
        const since = Math.floor((this.#clock.now() - WINDOW_MS) / 1_000);
        this.#recent = this.#recent.filter(({ second }) => second > since);
        const sum = (name) => Math.round((this.#recent.reduce((all, each) => all + each[name], 0) * 1_000) / WINDOW_MS);
        return { messages: this.#messages, bytes: this.#bytes, perSecond: sum('messages'), bytesPerSecond: sum('bytes') };
    }
}

/** What the socket may hold unsent before requests wait here instead. */
const BUFFERED_MAX = 65_536;
const LOOK_AGAIN_MS = 50;

/**
 * Requests on their way out. They leave in order, no faster than the server allows, and only while the socket gets rid of
 * what it has: on a slow uplink they wait here, where they can still be given up, and not in the browser's buffer.
 */
export class Outgoing {
    #clock;
    #socket;
    #queue = [];
    #perSecond = 0;
    #allowance = 0;
    #countedAt = 0;
    #timer;

    constructor(clock) {
        this.#clock = clock;
    }

    /** Requests that wait. */
    get waiting() {
        return this.#queue.length;
    }

    /** True while nothing more should be asked that can be left out. */
    get behind() {
        return this.#queue.length > 0 || this.#full();
    }

    open(socket, perSecond) {
        this.close();
        this.#socket = socket;
        this.#perSecond = perSecond;
        this.#allowance = perSecond;
        this.#countedAt = this.#clock.now();
    }

    /** Forgets the socket and what waits. */
    close() {
        this.#clock.cancel(this.#timer);
        this.#timer = undefined;
        this.#socket = undefined;
        this.#queue = [];
    }

    send(text) {
        if (this.#socket) {
            this.#queue.push(text);
            this.#drain();
        }
    }

    #full() {
        return (this.#socket?.bufferedAmount ?? 0) >= BUFFERED_MAX;
    }

    #drain() {
        const now = this.#clock.now();
        this.#allowance = Math.min(this.#perSecond, this.#allowance + ((now - this.#countedAt) * this.#perSecond) / 1_000);
        this.#countedAt = now;
        while (this.#queue.length > 0 && this.#allowance >= 1 && !this.#full()) {
            this.#allowance--;
            // A socket that is closing swallows what it is given, and its close event follows.
            this.#socket.send(this.#queue.shift());
        }
        if (this.#queue.length > 0 && this.#timer === undefined) {
            this.#timer = this.#clock.after(LOOK_AGAIN_MS, () => {
                this.#timer = undefined;
                this.#drain();
            });
        }
    }
}

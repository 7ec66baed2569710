/** A request that was refused, or that nobody answers any more: then its `reason` is `connection_lost`. */
export class RequestError extends Error {
    constructor({ reason, message, field, retry = false, code }) {
        super(message);
        this.name = 'RequestError';
        this.reason = reason;
        this.field = field;
        this.retry = retry;
        this.code = code;
    }
}

/** Requests that are not answered yet, by their `id`. */
export class Requests {
    #waiting = new Map();

    add(id) {
        if (id === undefined) {
            return Promise.reject(lost());
        }
        return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    }

    /** Settles what a message answers; whether it was the answer to anything. */
    answered(message) {
        const waiting = this.#waiting.get(message.id);
        if (!waiting) {
            return false;
        }
        this.#waiting.delete(message.id);
        if (message.type === 'error') {
            waiting.reject(new RequestError(message));
        } else {
            waiting.resolve(message);
        }
        return true;
    }

    /** No answer comes any more. */
    abandon() {
        const waiting = [...this.#waiting.values()];
        this.#waiting.clear();
        waiting.forEach(({ reject }) => reject(lost()));
    }
}

function lost() {
    return new RequestError({ reason: 'connection_lost', message: 'the connection was lost before the answer came', retry: true });
}

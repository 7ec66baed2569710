/**
 * What the page keeps in the browser, as JSON under one prefix. A browser that forbids keeping anything, or holds something
 * that is none of ours, gives the fallback.
 */
export class Storage {
    #store;
    #prefix;

    constructor(store, prefix = 'tickerplant.') {
        this.#store = store;
        this.#prefix = prefix;
    }

    read(name, fallback) {
        try {
            return JSON.parse(this.#store.getItem(this.#prefix + name)) ?? fallback;
        } catch {
            // Not allowed, or not JSON: as if there were nothing.
            return fallback;
        }
    }

    write(name, value) {
        try {
            this.#store.setItem(this.#prefix + name, JSON.stringify(value));
        } catch {
            // Full or forbidden: the page goes on without remembering.
        }
    }
}

/** The browser's own store, or one that forgets where it is forbidden. */
export function browserStorage() {
    return storageOf(() => window.localStorage);
}

/** As {@link browserStorage}, until the tab is closed. */
export function tabStorage() {
    return storageOf(() => window.sessionStorage);
}

function storageOf(store) {
    try {
        return new Storage(store());
    } catch {
        return new Storage({ getItem: () => null, setItem: () => {} });
    }
}

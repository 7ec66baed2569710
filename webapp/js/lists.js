const NAME_MAX = 40;
const SYMBOL = /^[A-Z0-9.\-/:=^_+#$@!~]{1,24}$/;

/**
 * The reader's named lists of symbols, kept in the browser. Besides them stands the list of all symbols, which is none of
 * theirs: it is active while no other is.
 *
 * Events: `change` after anything.
 */
export class Lists extends EventTarget {
    #storage;
    #lists;
    #active;

    constructor(storage) {
        super();
        this.#storage = storage;
        const kept = storage.read('lists', {});
        this.#lists = Array.isArray(kept.lists) ? kept.lists.map(sound).filter(Boolean) : [];
        this.#active = this.#lists[kept.active] ? kept.active : -1;
    }

    get names() {
        return this.#lists.map(({ name }) => name);
    }

    /** The index of the active list, -1 for that of all symbols. */
    get active() {
        return this.#active;
    }

    /** The active list's symbols in their order; undefined for all. */
    get symbols() {
        return this.#lists[this.#active]?.symbols;
    }

    /** Every symbol of any list. */
    get everything() {
        return [...new Set(this.#lists.flatMap(({ symbols }) => symbols))];
    }

    choose(index) {
        this.#active = this.#lists[index] ? index : -1;
        this.#changed();
    }

    /** Makes a list and chooses it. A name that is taken gets a number. */
    create(name) {
        this.#lists.push({ name: this.#free(name), symbols: [] });
        this.choose(this.#lists.length - 1);
    }

    rename(name) {
        const list = this.#lists[this.#active];
        if (list && name.trim() && name.trim() !== list.name) {
            list.name = this.#free(name);
            this.#changed();
        }
    }

    delete() {
        this.#lists.splice(this.#active, 1);
        this.choose(Math.min(this.#active, this.#lists.length - 1));
    }

    has(symbol) {
        return this.symbols?.includes(symbol) ?? false;
    }

    /** Adds to the active list, or from among all symbols to the first, which is made where there is none. */
    add(symbol, name) {
        if (this.#active < 0 && this.#lists.length === 0) {
            this.create(name);
        } else if (this.#active < 0) {
            this.#active = 0;
        }
        if (!this.has(symbol)) {
            this.symbols.push(symbol);
        }
        this.#changed();
    }

    remove(symbol) {
        this.#lists[this.#active].symbols = this.symbols.filter((each) => each !== symbol);
        this.#changed();
    }

    /** Moves a symbol to another place; beyond the ends is at the ends. */
    move(symbol, to) {
        const { symbols } = this;
        const from = symbols.indexOf(symbol);
        const place = Math.max(0, Math.min(symbols.length - 1, to));
        if (from >= 0 && place !== from) {
            symbols.splice(from, 1);
            symbols.splice(place, 0, symbol);
            this.#changed();
        }
    }

    #free(name) {
        const wanted = name.trim().slice(0, NAME_MAX);
        let free = wanted;
        for (let i = 2; this.names.includes(free); i++) {
            free = `${wanted} ${i}`;
        }
        return free;
    }

    #changed() {
        this.#storage.write('lists', { lists: this.#lists, active: this.#active });
        this.dispatchEvent(new Event('change'));
    }
}

function sound(list) {
    if (typeof list?.name !== 'string' || !Array.isArray(list.symbols)) {
        return undefined;
    }
    const symbols = list.symbols.filter((symbol) => typeof symbol === 'string' && SYMBOL.test(symbol));
    return { name: list.name.slice(0, NAME_MAX), symbols: [...new Set(symbols)] };
}

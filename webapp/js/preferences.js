import { COLUMNS } from './columns.js';

const NAMES = COLUMNS.map(({ name }) => name);
const THEMES = ['system', 'light', 'dark'];
/** Rows per second and symbol that the reader may choose; 0 is as they come. */
export const RATES = [0, 5, 1, 0.2];

/** How the reader wants the page: kept in the browser, and sound whatever lies there. */
export class Preferences {
    #storage;
    #kept;

    constructor(storage) {
        this.#storage = storage;
        const kept = storage.read('preferences', {});
        this.#kept = typeof kept === 'object' ? kept : {};
    }

    /** `system`, `light` or `dark`. */
    get theme() {
        return THEMES.includes(this.#kept.theme) ? this.#kept.theme : 'system';
    }

    set theme(theme) {
        this.#keep({ theme });
    }

    /** The language that was chosen, or undefined. */
    get language() {
        return typeof this.#kept.language === 'string' ? this.#kept.language : undefined;
    }

    set language(language) {
        this.#keep({ language });
    }

    get rate() {
        return RATES.includes(this.#kept.rate) ? this.#kept.rate : 0;
    }

    set rate(rate) {
        this.#keep({ rate });
    }

    /** The columns that were chosen; undefined for those that suit the window. */
    get columns() {
        const { columns } = this.#kept;
        return Array.isArray(columns) ? columns.filter((name) => NAMES.includes(name)) : undefined;
    }

    set columns(columns) {
        this.#keep({ columns });
    }

    #keep(values) {
        this.#kept = { ...this.#kept, ...values };
        this.#storage.write('preferences', this.#kept);
    }
}

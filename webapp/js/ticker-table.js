import { COLUMNS } from './columns.js';
import { PriceDigits, sameDay } from './numbers.js';
import { TickerRow } from './ticker-row.js';

/** A browser lays out this many rows without effort; who looks for another symbol types its name. */
const ROWS_MAX = 200;
/** Rows that changed places with every tick could not be read. */
const REORDER_EVERY_MS = 2_000;
/** Rows scrolled out of sight: seldom drawn, yet never far behind for a search in the page or a screen reader. */
const UNSEEN_EVERY_MS = 1_000;

/**
 * The table of prices: draws at most once per animation frame, and only the rows that changed since.
 *
 * Events: `drawn` whenever the list of rows was made anew.
 */
export class TickerTable extends EventTarget {
    #market;
    #listing;
    #body;
    #headers = new Map();
    #rows = new Map();
    #digits = new PriceDigits();
    #dirty = new Set();
    #matching = 0;
    #known = 0;
    #orderedAt = -Infinity;
    #reorder = true;
    #disordered = false;
    #dated = false;
    #paused = false;
    #frame;
    #table;
    #seen = new WeakSet();
    #unseenDrawnAt = -Infinity;
    #sight = new IntersectionObserver((entries) => this.#look(entries), { rootMargin: '200px' });

    /** @param {HTMLTableElement} table with a caption and nothing else: head and body are made here */
    constructor(table, market, listing) {
        super();
        this.#market = market;
        this.#listing = listing;
        this.#table = table;
        table.append(this.#head());
        this.#body = table.createTBody();
        market.addEventListener('rows', ({ detail: symbols }) => this.#changed(symbols));
        market.addEventListener('synchronised', () => this.#paused || this.redraw());
        this.#markSorted();
    }

    /** Rows that are drawn, and symbols that match the filter. */
    get shown() {
        return this.#rows.size;
    }

    get matching() {
        return this.#matching;
    }

    get paused() {
        return this.#paused;
    }

    /** Stops drawing what comes in; the market goes on, and resuming shows where it stands. */
    pause() {
        this.#paused = true;
        this.#schedule();
    }

    resume() {
        this.#paused = false;
        this.redraw();
    }

    filter(text) {
        this.#listing.filter(text);
        this.redraw();
    }

    /** Draws everything anew, also while paused: the reader asked for it. */
    redraw() {
        this.#reorder = true;
        this.#schedule();
    }

    #head() {
        const head = document.createElement('thead');
        const row = head.insertRow();
        for (const column of COLUMNS) {
            const header = document.createElement('th');
            header.scope = 'col';
            header.className = `${column.kind} ${column.name}`;
            const button = document.createElement('button');
            button.type = 'button';
            button.textContent = column.label;
            button.addEventListener('click', () => this.#sortBy(column));
            header.append(button);
            row.append(header);
            this.#headers.set(column, header);
        }
        return head;
    }

    #sortBy(column) {
        this.#listing.sortBy(column);
        this.#markSorted();
        this.redraw();
    }

    #markSorted() {
        for (const [column, header] of this.#headers) {
            if (column === this.#listing.column) {
                header.setAttribute('aria-sort', this.#listing.descending ? 'descending' : 'ascending');
            } else {
                header.removeAttribute('aria-sort');
            }
        }
    }

    #changed(symbols) {
        for (const symbol of symbols) {
            this.#dirty.add(symbol);
        }
        this.#disordered = true;
        if (!this.#paused) {
            this.#schedule();
        }
    }

    #schedule() {
        this.#frame ??= requestAnimationFrame((now) => {
            this.#frame = undefined;
            this.#draw(now);
        });
    }

    #draw(now) {
        if (!this.#paused || this.#reorder) {
            if (this.#orderIsDue(now)) {
                this.#arrange(now);
            }
            this.#drawDirty(now);
        }
        let more = !this.#paused && (this.#dirty.size > 0 || (this.#listing.moves && this.#disordered));
        for (const row of this.#rows.values()) {
            more = row.calm(now) || more;
        }
        if (more) {
            this.#schedule();
        }
    }

    #orderIsDue(now) {
        if (this.#reorder || this.#market.size !== this.#known) {
            return true;
        }
        return this.#listing.moves && this.#disordered && now - this.#orderedAt >= REORDER_EVERY_MS;
    }

    #arrange(now) {
        const symbols = this.#listing.symbols();
        this.#reorder = false;
        this.#disordered = false;
        this.#orderedAt = now;
        this.#known = this.#market.size;
        this.#matching = symbols.length;
        symbols.length = Math.min(symbols.length, ROWS_MAX);
        const rows = new Map(symbols.map((symbol) => [symbol, this.#rows.get(symbol) ?? this.#newRow(symbol)]));
        for (const [symbol, row] of this.#rows) {
            if (!rows.has(symbol)) {
                row.element.remove();
                this.#sight.unobserve(row.element);
            }
        }
        this.#rows = rows;
        this.#place();
        this.dispatchEvent(new Event('drawn'));
    }

    #newRow(symbol) {
        this.#dirty.add(symbol);
        const row = new TickerRow(COLUMNS);
        this.#seen.add(row.element);
        this.#sight.observe(row.element);
        return row;
    }

    #look(entries) {
        for (const { target, isIntersecting } of entries) {
            if (isIntersecting) {
                this.#seen.add(target);
            } else {
                this.#seen.delete(target);
            }
        }
        this.#schedule();
    }

    /** Moves only the rows that are not where they belong. */
    #place() {
        let next = this.#body.firstElementChild;
        for (const { element } of this.#rows.values()) {
            if (element === next) {
                next = next.nextElementSibling;
            } else {
                this.#body.insertBefore(element, next);
            }
        }
    }

    #drawDirty(now) {
        const today = Date.now();
        const unseenToo = this.#paused || now - this.#unseenDrawnAt >= UNSEEN_EVERY_MS;
        if (unseenToo) {
            this.#unseenDrawnAt = now;
        }
        const left = new Set();
        for (const [symbol, row] of this.#rows) {
            if (!this.#dirty.has(symbol)) {
                continue;
            }
            if (unseenToo || this.#seen.has(row.element)) {
                this.#drawRow(row, this.#market.row(symbol), today, now);
            } else {
                left.add(symbol);
            }
        }
        this.#dirty = left;
    }

    #drawRow(row, fields, today, now) {
        row.draw(fields, this.#digits.of(fields), today, now);
        if (fields.ts !== undefined && !this.#dated && !sameDay(fields.ts, today)) {
            this.#dated = true;
            this.#table.classList.add('dated');
        }
    }
}

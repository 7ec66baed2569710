import { columnLabel } from './columns.js';
import { PriceDigits } from './numbers.js';
import { TickerRow } from './ticker-row.js';

/** Rows that changed places with every tick could not be read. */
const REORDER_EVERY_MS = 2_000;
/** Rows drawn above and below what is seen, so that scrolling doesn't show blanks. */
const SPARE_ROWS = 6;
/** A row that nothing was heard of for so long looks old. */
const STALE_MS = 60_000;
const AGE_EVERY_MS = 1_000;

/**
 * The table of prices. Of thousands of rows only those in sight are there; they are drawn at most once per animation frame,
 * and only where something changed.
 *
 * Events: `drawn` whenever the list of rows was made anew, `sight` (detail: the symbols in sight) when those changed.
 */
export class TickerTable extends EventTarget {
    #scroller;
    #table;
    #body;
    #above;
    #below;
    #market;
    #listing;
    #phases;
    #trails;
    #columns = [];
    #tools;
    #headers = new Map();
    #digits = new PriceDigits();
    #symbols = [];
    #rows = new Map();
    #dirty = new Set();
    #heardAt = new Map();
    #known = 0;
    #orderedAt = -Infinity;
    #agedAt = -Infinity;
    #reorder = true;
    #disordered = false;
    #moved = true;
    #paused = false;
    #frame;
    #top = 0;
    /** A guess until it is known: rows that came a frame later would push what is below them. */
    #height = window.innerHeight;
    #rowHeight = 36;
    #sight = '';

    /**
     * @param {Element} scroller what scrolls the table
     * @param {HTMLTableElement} table with a caption and nothing else: head and body are made here
     * @param {object} world market, listing, phases, trails
     */
    constructor(scroller, table, { market, listing, phases, trails }) {
        super();
        this.#scroller = scroller;
        this.#table = table;
        this.#market = market;
        this.#listing = listing;
        this.#phases = phases;
        this.#trails = trails;
        table.createTHead();
        this.#above = space(table);
        this.#body = table.appendChild(document.createElement('tbody'));
        this.#below = space(table);
        market.addEventListener('rows', ({ detail: symbols }) => this.#changed(symbols));
        market.addEventListener('synchronised', () => this.#paused || this.redraw());
        phases.addEventListener('change', ({ detail: symbols }) => this.#touch(symbols));
        scroller.addEventListener('scroll', () => this.#look(scroller.scrollTop), { passive: true });
        new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect.height)).observe(scroller);
        const narrow = window.matchMedia('(max-width: 45rem)');
        narrow.addEventListener('change', () => this.#measure(narrow.matches));
        this.#measure(narrow.matches);
    }

    get paused() {
        return this.#paused;
    }

    /** Symbols that are listed. */
    get count() {
        return this.#symbols.length;
    }

    get symbols() {
        return this.#symbols;
    }

    /**
     * Makes the table anew.
     *
     * @param {function(string): Element} [tools] makes what stands in the last cell of a symbol's row
     */
    show(columns, tools) {
        this.#columns = columns;
        this.#tools = tools;
        this.#table.tHead.replaceChildren(this.#head());
        this.#rows.clear();
        this.#body.replaceChildren();
        this.#markSorted();
        this.redraw();
    }

    /** Stops drawing what comes in; the market goes on, and resuming shows where it stands. */
    pause() {
        this.#paused = true;
        this.#dirty.clear();
        this.#schedule();
    }

    resume() {
        this.#paused = false;
        for (const symbol of this.#rows.keys()) {
            this.#dirty.add(symbol);
        }
        this.redraw();
    }

    /** Draws everything anew, also while paused: the reader asked for it. */
    redraw() {
        this.#reorder = true;
        this.#schedule();
    }

    /** Scrolls a symbol's row into sight. */
    reveal(symbol) {
        const index = this.#symbols.indexOf(symbol);
        if (index >= 0) {
            this.#scroller.scrollTop = Math.max(0, (index - 2) * this.#rowHeight);
        }
    }

    #measure(narrow) {
        // The heights of the rows in ticker-table.css: measuring them would cost a layout.
        this.#rowHeight = narrow ? 52 : 36;
        this.#moved = true;
        this.#schedule();
    }

    #resize(height) {
        // A scroller that is not shown has no height; the guess is better than few rows at its return.
        this.#height = height || this.#height;
        this.#moved = true;
        this.#schedule();
    }

    #look(top) {
        this.#top = top;
        this.#moved = true;
        this.#schedule();
    }

    #head() {
        const row = document.createElement('tr');
        this.#headers.clear();
        row.setAttribute('aria-rowindex', 1);
        for (const column of this.#columns) {
            const header = document.createElement('th');
            header.scope = 'col';
            header.className = `${column.kind} ${column.name}`;
            const button = document.createElement('button');
            button.type = 'button';
            button.textContent = columnLabel(column);
            button.addEventListener('click', () => this.#sortBy(column));
            header.append(button);
            row.append(header);
            this.#headers.set(column, header);
        }
        if (this.#tools) {
            row.insertCell().className = 'tools';
        }
        return row;
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
        const now = performance.now();
        for (const symbol of symbols) {
            this.#heardAt.set(symbol, now);
        }
        this.#disordered = true;
        this.#touch(symbols);
    }

    #touch(symbols) {
        if (this.#paused) {
            // Resuming draws all that is in sight.
            return;
        }
        for (const symbol of symbols) {
            if (this.#rows.has(symbol)) {
                this.#dirty.add(symbol);
            }
        }
        this.#schedule();
    }

    #schedule() {
        this.#frame ??= requestAnimationFrame((now) => {
            this.#frame = undefined;
            this.#draw(now);
        });
    }

    #draw(now) {
        if (this.#orderIsDue(now)) {
            this.#arrange(now);
        }
        if (this.#moved) {
            this.#fill();
        }
        this.#drawDirty(now);
        let more = !this.#paused && this.#listing.moves && this.#disordered;
        for (const row of this.#rows.values()) {
            more = row.calm(now) || more;
        }
        if (more) {
            this.#schedule();
        }
    }

    #orderIsDue(now) {
        if (this.#reorder) {
            return true;
        }
        if (this.#paused) {
            return false;
        }
        const shifted = this.#market.size !== this.#known || (this.#listing.moves && this.#disordered);
        return shifted && now - this.#orderedAt >= REORDER_EVERY_MS;
    }

    #arrange(now) {
        this.#reorder = false;
        this.#disordered = false;
        this.#orderedAt = now;
        this.#known = this.#market.size;
        this.#symbols = this.#listing.symbols();
        this.#table.setAttribute('aria-rowcount', this.#symbols.length + 1);
        this.#moved = true;
        this.dispatchEvent(new Event('drawn'));
    }

    /** Puts the rows in sight into the table, and takes the others out. */
    #fill() {
        this.#moved = false;
        const count = this.#symbols.length;
        const first = Math.max(0, Math.min(count, Math.floor(this.#top / this.#rowHeight)) - SPARE_ROWS);
        const last = Math.min(count, Math.ceil((this.#top + this.#height) / this.#rowHeight) + SPARE_ROWS);
        const seen = this.#symbols.slice(first, last);
        const rows = new Map(seen.map((symbol) => [symbol, this.#rows.get(symbol) ?? this.#newRow(symbol)]));
        for (const [symbol, row] of this.#rows) {
            if (!rows.has(symbol)) {
                row.element.remove();
            }
        }
        this.#rows = rows;
        this.#place(first);
        this.#above.style.height = `${first * this.#rowHeight}px`;
        this.#below.style.height = `${(count - last) * this.#rowHeight}px`;
        const sight = seen.join(' ');
        if (sight !== this.#sight) {
            this.#sight = sight;
            this.dispatchEvent(new CustomEvent('sight', { detail: seen }));
        }
    }

    #newRow(symbol) {
        this.#dirty.add(symbol);
        return new TickerRow(this.#columns, symbol, this.#tools?.(symbol));
    }

    /** Moves only the rows that are not where they belong. */
    #place(first) {
        let next = this.#body.firstElementChild;
        let index = first + 2;
        for (const row of this.#rows.values()) {
            row.place(index++);
            if (row.element === next) {
                next = next.nextElementSibling;
            } else {
                this.#body.insertBefore(row.element, next);
            }
        }
    }

    #drawDirty(now) {
        const today = Date.now();
        for (const symbol of this.#dirty) {
            const row = this.#rows.get(symbol);
            if (row) {
                this.#drawRow(row, this.#market.row(symbol) ?? { symbol }, today, now);
            }
        }
        this.#dirty.clear();
        if (now - this.#agedAt >= AGE_EVERY_MS) {
            this.#agedAt = now;
            for (const [symbol, row] of this.#rows) {
                row.age(now - (this.#heardAt.get(symbol) ?? now) > STALE_MS);
            }
        }
    }

    #drawRow(row, fields, today, now) {
        const { symbol } = fields;
        row.draw(fields, { digits: this.#digits.of(fields), trail: this.#trails.of(symbol), halted: this.#phases.halted(symbol), today, now });
    }
}

/** What stands for the rows that are out of sight. */
function space(table) {
    const body = table.appendChild(document.createElement('tbody'));
    body.className = 'space';
    body.setAttribute('aria-hidden', 'true');
    return body.insertRow().insertCell();
}

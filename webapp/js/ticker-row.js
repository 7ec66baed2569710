/** A cell flashes at most twice a second, and for a shorter time than lies between two flashes. */
const FLASH_EVERY_MS = 500;
const FLASH_MS = 250;

/**
 * One symbol's row of the table. It writes only the cells whose text has changed, and only their text nodes.
 */
export class TickerRow {
    #element = document.createElement('tr');
    #cells;
    #flashing = new Set();

    constructor(columns) {
        this.#cells = columns.map((column) => new Cell(column));
        this.#element.append(...this.#cells.map((cell) => cell.element));
    }

    get element() {
        return this.#element;
    }

    /**
     * @param {object} row the symbol's fields
     * @param {number} digits to print its prices with
     * @param {number} today the present, epoch milliseconds
     * @param {number} now the page's clock, for the flashes
     */
    draw(row, digits, today, now) {
        for (const cell of this.#cells) {
            if (cell.draw(row, digits, today, now)) {
                this.#flashing.add(cell);
            }
        }
    }

    /** Ends the flashes whose time is over; answers whether some still go on. */
    calm(now) {
        for (const cell of this.#flashing) {
            if (cell.calm(now)) {
                this.#flashing.delete(cell);
            }
        }
        return this.#flashing.size > 0;
    }
}

class Cell {
    #column;
    #element;
    #text = document.createTextNode('');
    #shown = '';
    #value;
    #sign = 0;
    #flashedAt = -Infinity;

    constructor(column) {
        this.#column = column;
        this.#element = document.createElement(column.name === 'symbol' ? 'th' : 'td');
        if (column.name === 'symbol') {
            this.#element.scope = 'row';
        }
        this.#element.className = `${column.kind} ${column.name}`;
        this.#element.append(this.#text);
    }

    get element() {
        return this.#element;
    }

    draw(row, digits, today, now) {
        const value = row[this.#column.field];
        const text = value === undefined ? '' : this.#column.text(value, digits, today);
        const before = this.#value;
        this.#value = value;
        if (text !== this.#shown) {
            this.#shown = text;
            this.#text.nodeValue = text;
            if (this.#column.name === 'name') {
                this.#element.title = text;
            }
        }
        if (this.#column.name === 'symbol' && this.#element.dataset.name !== row.name) {
            // On a phone the name stands under the symbol.
            this.#element.dataset.name = row.name ?? '';
        }
        if (this.#column.tinted) {
            this.#tint(Math.sign(value ?? 0));
        }
        return this.#column.flashes && this.#flash(before, value, now);
    }

    calm(now) {
        if (now - this.#flashedAt < FLASH_MS) {
            return false;
        }
        this.#element.classList.remove('rose', 'fell');
        return true;
    }

    #tint(sign) {
        if (sign !== this.#sign) {
            this.#sign = sign;
            this.#element.classList.toggle('gain', sign > 0);
            this.#element.classList.toggle('loss', sign < 0);
        }
    }

    #flash(before, value, now) {
        if (before === undefined || value === undefined || before === value || now - this.#flashedAt < FLASH_EVERY_MS) {
            return false;
        }
        this.#flashedAt = now;
        this.#element.classList.add(value > before ? 'rose' : 'fell');
        return true;
    }
}

import { fixed } from './numbers.js';
import { trailPath } from './trails.js';
import { say } from './words/words.js';

/** A cell flashes at most twice a second, and for a shorter time than lies between two flashes. */
const FLASH_EVERY_MS = 500;
const FLASH_MS = 250;
/** A symbol, or a price, with more characters is written smaller, so that all of it finds room. */
const SYMBOL_CHARACTERS = 7;
const PRICE_CHARACTERS = 8;
const SVG = 'http://www.w3.org/2000/svg';
const TRAIL_WIDTH = 80;
const TRAIL_HEIGHT = 20;

/**
 * One symbol's row of the table. It writes only the cells whose text has changed, and only their text nodes.
 */
export class TickerRow {
    #element = document.createElement('tr');
    #cells;
    #flashing = new Set();
    #head;
    #stale = false;
    #index;

    /** @param {Element} [tools] what stands in the row's last cell */
    constructor(columns, symbol, tools) {
        this.#head = new SymbolCell(symbol);
        this.#cells = columns.slice(1).map((column) => (column.drawn ? new PictureCell(column) : new Cell(column)));
        this.#element.dataset.symbol = symbol;
        this.#element.append(this.#head.element, ...this.#cells.map((cell) => cell.element));
        if (tools) {
            this.#element.insertCell().append(tools);
            this.#element.lastElementChild.className = 'tools';
        }
    }

    get element() {
        return this.#element;
    }

    /** Its place in the whole table, of which only a part is there. */
    place(index) {
        if (index !== this.#index) {
            this.#index = index;
            this.#element.setAttribute('aria-rowindex', index);
        }
    }

    /**
     * @param {object} row the symbol's fields
     * @param {object} look digits to print its prices with, trail (its prices on the way), halted, today (epoch ms), now (the
     *     page's clock, for the flashes)
     */
    draw(row, look) {
        this.#head.draw(row, look.halted);
        for (const cell of this.#cells) {
            if (cell.draw(row, look)) {
                this.#flashing.add(cell);
            }
        }
    }

    /** Whether its prices are looked at as old. */
    age(stale) {
        if (stale !== this.#stale) {
            this.#stale = stale;
            this.#element.classList.toggle('stale', stale);
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

/** The row's head: a link to its chart, the name under it on a phone, and whether it is halted. */
class SymbolCell {
    #name = '';
    #halted = false;
    #badge = document.createElement('span');

    constructor(symbol) {
        this.element = document.createElement('th');
        this.element.scope = 'row';
        this.element.className = 'words symbol';
        const link = document.createElement('a');
        link.classList.toggle('long', symbol.length > SYMBOL_CHARACTERS);
        link.href = `#/symbol/${encodeURIComponent(symbol)}`;
        link.textContent = symbol;
        this.#badge.className = 'badge';
        this.#badge.hidden = true;
        this.element.append(link, this.#badge);
    }

    draw({ name = '' }, halted) {
        if (name !== this.#name) {
            this.#name = name;
            this.element.dataset.name = name;
        }
        if (halted !== this.#halted) {
            this.#halted = halted;
            this.#badge.textContent = say('phase.halted');
            this.#badge.hidden = !halted;
        }
    }
}

class Cell {
    #column;
    #text = document.createTextNode('');
    #shown = '';
    #value;
    #sign = 0;
    #prices;
    #long = false;
    #flashedAt = -Infinity;

    constructor(column) {
        this.#column = column;
        this.#prices = column.flashes === true || column.tinted === true;
        this.element = document.createElement('td');
        this.element.className = `${column.kind} ${column.name}`;
        this.element.append(this.#text);
    }

    draw(row, { digits, today, now }) {
        const value = row[this.#column.field];
        const text = value === undefined ? '' : this.#column.text(value, digits, today);
        const before = this.#value;
        this.#value = value;
        if (text !== this.#shown) {
            this.#shown = text;
            this.#text.nodeValue = text;
            this.#squeeze(this.#prices && text.length > PRICE_CHARACTERS);
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
        this.element.classList.remove('rose', 'fell');
        return true;
    }

    #squeeze(isLong) {
        if (isLong !== this.#long) {
            this.#long = isLong;
            this.element.classList.toggle('long', isLong);
        }
    }

    #tint(sign) {
        if (sign !== this.#sign) {
            this.#sign = sign;
            this.element.classList.toggle('gain', sign > 0);
            this.element.classList.toggle('loss', sign < 0);
        }
    }

    #flash(before, value, now) {
        if (before === undefined || value === undefined || before === value || now - this.#flashedAt < FLASH_EVERY_MS) {
            return false;
        }
        this.#flashedAt = now;
        this.element.classList.add(value > before ? 'rose' : 'fell');
        return true;
    }
}

/** A cell that shows a picture: the way of the price, or where it stands between the day's low and high. */
class PictureCell {
    #picture;

    constructor({ name, kind }) {
        this.element = document.createElement('td');
        this.element.className = `${kind} ${name}`;
        this.#picture = name === 'trail' ? new Trail(this.element) : new Range(this.element);
    }

    draw(row, look) {
        this.#picture.draw(row, look);
        return false;
    }

    calm() {
        return true;
    }
}

class Trail {
    #path = document.createElementNS(SVG, 'path');
    #shown = '';

    constructor(cell) {
        const picture = document.createElementNS(SVG, 'svg');
        picture.setAttribute('viewBox', `0 -1 ${TRAIL_WIDTH} ${TRAIL_HEIGHT + 2}`);
        picture.setAttribute('aria-hidden', 'true');
        picture.append(this.#path);
        cell.append(picture);
    }

    draw(row, { trail }) {
        const path = trailPath(trail, TRAIL_WIDTH, TRAIL_HEIGHT);
        if (path !== this.#shown) {
            this.#shown = path;
            this.#path.setAttribute('d', path);
            this.#path.setAttribute('class', trail.at(-1) < trail[0] ? 'loss' : 'gain');
        }
    }
}

class Range {
    #bar = document.createElement('span');
    #mark = document.createElement('span');
    #words = document.createElement('span');
    #text = '';
    #at;

    constructor(cell) {
        this.#bar.className = 'range-bar';
        this.#bar.append(this.#mark);
        this.#words.className = 'unseen';
        cell.append(this.#bar, this.#words);
    }

    draw({ low, high, last }, { digits }) {
        const drawn = low !== undefined && high !== undefined && last !== undefined;
        const at = drawn ? Math.round((high > low ? Math.min(1, Math.max(0, (last - low) / (high - low))) : 0.5) * 40) / 40 : undefined;
        if (at !== this.#at) {
            this.#at = at;
            this.#bar.hidden = !drawn;
            this.#mark.style.left = `${(at ?? 0) * 100}%`;
        }
        const text = drawn ? say('range', { low: fixed(low, digits), high: fixed(high, digits), last: fixed(last, digits) }) : '';
        if (text.replace(/,[^,]*$/, '') !== this.#text.replace(/,[^,]*$/, '')) {
            this.#text = text;
            this.#words.textContent = text;
            this.#bar.title = drawn ? `${fixed(low, digits)} – ${fixed(high, digits)}` : '';
        }
    }
}

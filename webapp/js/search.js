import { say } from './words/words.js';

const WAIT_MS = 120;
const MOST = 8;

/**
 * A box to search for symbols as one types (an ARIA combobox with a list). What is chosen is handed on.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export class Search {
    #input;
    #list;
    #news;
    #find;
    #choose;
    #found = [];
    #at = -1;
    #asked = 0;
    #timer;

    /**
     * @param {object} elements input, list, news (a polite live region)
     * @param {function(string, number): Promise<object[]>} find
     * @param {function(object): void} choose is given what was found
     */
    constructor({ input, list, news }, find, choose) {
        this.#input = input;
        this.#list = list;
        this.#news = news;
        this.#find = find;
        this.#choose = choose;
        input.addEventListener('input', () => this.#later());
        input.addEventListener('keydown', (event) => this.#key(event));
        input.addEventListener('blur', () => this.#close());
        // Kept from the input losing its focus before the click arrives.
        list.addEventListener('pointerdown', (event) => event.preventDefault());
        list.addEventListener('click', ({ target }) => {
            const item = target.closest('[role=option]');
            if (item) {
                this.#take(this.#found[[...list.children].indexOf(item)]);
            }
        });
    }

    #later() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#ask(this.#input.value.trim()), WAIT_MS);
    }

    async #ask(query) {
        const asked = ++this.#asked;
        if (query === '') {
            this.#close();
            return;
        }
        let found;
        try {
            found = await this.#find(query, MOST);
        } catch (cause) {
            found = cause;
        }
        if (asked === this.#asked && this.#input.value.trim() === query) {
            this.#show(query, found);
        }
    }

    #show(query, found) {
        this.#found = Array.isArray(found) ? found : [];
        this.#at = -1;
        this.#list.replaceChildren(...this.#found.map(option));
        const open = this.#found.length > 0;
        this.#list.hidden = !open;
        this.#input.setAttribute('aria-expanded', open);
        this.#input.removeAttribute('aria-activedescendant');
        if (open) {
            this.#news.textContent = this.#found.length === 1 ? say('search.one') : say('search.some', { count: this.#found.length });
        } else {
            this.#news.textContent = Array.isArray(found) ? say('search.none', { query }) : say('search.offline');
        }
        this.#news.classList.toggle('unseen', open);
    }

    #key(event) {
        if (event.key === 'Escape') {
            this.#close();
        } else if (event.key === 'Enter' && this.#found.length > 0) {
            this.#take(this.#found[Math.max(0, this.#at)]);
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            const count = this.#found.length;
            if (count > 0) {
                const step = event.key === 'ArrowDown' ? 1 : -1;
                // Before the first stands nothing, so that up from there is the last.
                this.#mark(this.#at < 0 && step < 0 ? count - 1 : (this.#at + step + count) % count);
            }
        } else {
            return;
        }
        event.preventDefault();
    }

    #mark(at) {
        this.#at = at;
        [...this.#list.children].forEach((item, i) => item.setAttribute('aria-selected', i === at));
        this.#input.setAttribute('aria-activedescendant', this.#list.children[at].id);
    }

    #take(found) {
        this.#input.value = '';
        this.#close();
        this.#choose(found);
    }

    #close() {
        clearTimeout(this.#timer);
        this.#asked++;
        this.#found = [];
        this.#list.hidden = true;
        this.#list.replaceChildren();
        this.#news.textContent = '';
        this.#input.setAttribute('aria-expanded', 'false');
        this.#input.removeAttribute('aria-activedescendant');
    }
}

function option({ symbol, name = '', exchange = '' }, i) {
    const item = document.createElement('li');
    item.id = `found-${i}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    for (const [kind, text] of [['symbol', symbol], ['name', name], ['exchange', exchange]]) {
        const part = document.createElement('span');
        part.className = `found-${kind}`;
        part.textContent = text;
        item.append(part, ' ');
    }
    return item;
}

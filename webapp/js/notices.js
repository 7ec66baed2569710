import { say } from './words/words.js';

/**
 * Messages to the reader above the table, one for each cause: a new one replaces the one before. They stay until the
 * cause is gone or the reader dismisses them.
 */
export class Notices {
    #list;
    #notices = new Map();

    constructor(list) {
        this.#list = list;
    }

    show(cause, text) {
        let notice = this.#notices.get(cause);
        if (!notice) {
            notice = this.#make(cause);
            this.#notices.set(cause, notice);
            this.#list.append(notice.item);
        }
        notice.text.nodeValue = text;
    }

    withdraw(cause) {
        this.#notices.get(cause)?.item.remove();
        this.#notices.delete(cause);
    }

    #make(cause) {
        const item = document.createElement('li');
        item.dataset.cause = cause;
        const text = document.createTextNode('');
        const words = document.createElement('span');
        words.append(text);
        const dismiss = document.createElement('button');
        dismiss.type = 'button';
        dismiss.className = 'quiet';
        dismiss.textContent = say('dismiss');
        dismiss.addEventListener('click', () => this.withdraw(cause));
        item.append(words, dismiss);
        return { item, text };
    }
}

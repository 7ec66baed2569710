import { eventTime, fixed } from './numbers.js';
import { say } from './words/words.js';

/**
 * The reader's alerts: set at the server, and told as a notice in the page and, where allowed, by the system.
 *
 * Events: `change` when some were set, removed or fired.
 */
export class Alarms extends EventTarget {
    #client;
    #notices;

    constructor(client, notices) {
        super();
        this.#client = client;
        this.#notices = notices;
        client.addEventListener('alert', ({ detail }) => this.#fired(detail));
        client.addEventListener('alert-refused', ({ detail }) => {
            notices.show(`alert ${detail.key}`, say('alert.lost', { alert: this.describe(detail), message: detail.cause.message }));
            this.#changed();
        });
    }

    of(symbol) {
        return this.#client.alerts.list().filter((alert) => alert.symbol === symbol);
    }

    /** Rejects where the server refuses. */
    async set(rule) {
        this.#askForPermission();
        await this.#client.alerts.add(rule);
        this.#changed();
    }

    async remove(key) {
        await this.#client.alerts.remove(key).catch(({ message }) => this.#notices.show('alert', message));
        this.#changed();
    }

    describe({ symbol, op, value }, digits = 2) {
        const shown = op === 'moves_pct' ? String(value) : fixed(value, Math.max(digits, String(value).split('.')[1]?.length ?? 0));
        return say(`alert.${op}`, { symbol, value: shown });
    }

    #fired(alert) {
        const text = say('alert.fired', { alert: this.describe(alert), price: String(alert.reached), time: eventTime(alert.ts, Date.now()) });
        this.#notices.show(`alert ${alert.key}`, text);
        if (globalThis.Notification?.permission === 'granted') {
            new Notification('Tickerplant', { body: text, tag: `alert ${alert.key}`, icon: 'favicon.svg' });
        }
        this.#changed();
    }

    /** Asked for when it is first of use, and never insisted on. */
    #askForPermission() {
        if (globalThis.Notification?.permission === 'default') {
            Notification.requestPermission();
        }
    }

    #changed() {
        this.dispatchEvent(new Event('change'));
    }
}

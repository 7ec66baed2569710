const CHANNEL = 'ticker';
/** As many rows as a high window shows. */
const FIRST = 60;

/**
 * Follows the whole market in two steps, so that prices stand there at once however large it is: first the symbols that are
 * in sight, and all others once those are drawn.
 *
 * Events: `begun` (the first symbols stand as on the server), `whole` (all do).
 */
export class Opening extends EventTarget {
    #client;
    #listed;
    #afterDrawing;
    #first = [];
    /** `idle`, `asking` (which are first), `first`, `begun`, `rest`, `whole` */
    #stage = 'idle';

    /**
     * @param {function(): string[]|undefined} listed the symbols of the reader's list, undefined where all are listed
     * @param {function(function(): void): void} afterDrawing calls back once what came is drawn
     */
    constructor(client, listed, afterDrawing) {
        super();
        this.#client = client;
        this.#listed = listed;
        this.#afterDrawing = afterDrawing;
        client.addEventListener('state', () => client.state === 'live' && this.#stage === 'idle' && this.#ask());
        client.addEventListener('message', ({ detail }) => detail.channel === CHANNEL && this.#heard(detail));
    }

    get begun() {
        return ['begun', 'rest', 'whole'].includes(this.#stage);
    }

    get whole() {
        return this.#stage === 'whole';
    }

    async #ask() {
        this.#stage = 'asking';
        try {
            this.#first = await this.#wanted();
        } catch (cause) {
            if (cause.reason === 'connection_lost') {
                this.#stage = 'idle';
                return;
            }
            // Without a search the order is the server's.
            this.#first = [];
        }
        if (this.#first.length > 0) {
            this.#stage = 'first';
            this.#client.subscribe(CHANNEL, this.#first);
        } else {
            this.#askForAll();
        }
    }

    async #wanted() {
        const listed = this.#listed();
        return listed?.slice(0, FIRST) ?? (await this.#client.search('', FIRST)).map(({ symbol }) => symbol);
    }

    #askForAll() {
        this.#stage = 'rest';
        this.#client.subscribe(CHANNEL, ['*']);
    }

    #heard({ type, end, total, symbols, rejected }) {
        const refused = type === 'subscribed' && symbols?.length === 0 && rejected?.length > 0;
        // Where nothing is followed yet, no snapshot comes.
        if (!(type === 'snapshot' && end) && !(type === 'subscribed' && total === 0) && !refused) {
            return;
        }
        if (this.#stage === 'first') {
            this.#stage = 'begun';
            this.dispatchEvent(new Event('begun'));
            this.#afterDrawing(() => this.#askForAll());
        } else if (this.#stage === 'rest') {
            this.#stage = 'whole';
            if (!refused && this.#first.length > 0) {
                this.#client.unsubscribe(CHANNEL, this.#first);
            }
            this.dispatchEvent(new Event('whole'));
        }
    }
}

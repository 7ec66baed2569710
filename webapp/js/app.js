import { Alarms } from './alarms.js';
import { Client, socketAddress } from './client/index.js';
import { browserClock } from './client/clock.js';
import { COLUMNS, columnLabel, columnsNamed } from './columns.js';
import { ListBar } from './list-bar.js';
import { Listing } from './listing.js';
import { Lists } from './lists.js';
import { Market } from './market.js';
import { MarketView } from './market-view.js';
import { Menus } from './menus.js';
import { Notices } from './notices.js';
import { eventTime, quantity } from './numbers.js';
import { Opening } from './opening.js';
import { Phases } from './phases.js';
import { Preferences, RATES } from './preferences.js';
import { RowTools } from './row-tools.js';
import { Search } from './search.js';
import { StatusView } from './status.js';
import { browserStorage, tabStorage } from './storage.js';
import { SymbolView } from './symbol-view.js';
import { TickerTable } from './ticker-table.js';
import { bringsToken, takeToken } from './token.js';
import { Trails } from './trails.js';
import { Visible } from './visible.js';
import { chooseLanguage, currentLanguage, fillIn, languages, say } from './words/words.js';

/* The page's parts list. Nothing else knows the ids of index.html. */

const STATUS_EVERY_MS = 500;
const DRAWN_WITHIN_MS = 250;
/** No token in time, or none that holds. */
const NOT_LET_IN = [4500, 4501];

const element = (id) => document.getElementById(id);
const storage = browserStorage();
const preferences = new Preferences(storage);
const root = document.documentElement;
chooseLanguage(preferences.language, navigator.languages);
root.lang = currentLanguage();
root.dataset.theme = preferences.theme;
document.title = say('title');
fillIn(document);

const token = takeToken(location, history, tabStorage());
const client = new Client(socketAddress(document.baseURI), token && { token: () => token });
const lists = new Lists(storage);
const opening = new Opening(client, () => lists.symbols, afterDrawing);
const market = new Market(client, opening);
const phases = new Phases(client);
const trails = new Trails(market, browserClock);
const visible = new Visible(client);
const listing = new Listing(market);
const table = new TickerTable(element('scroller'), element('ticker'), { market, listing, phases, trails });
const notices = new Notices(element('notices'));
const status = new StatusView(client, market, {
    state: element('connection'),
    feed: element('feed'),
    phase: element('phase'),
    banner: element('banner'),
    announcer: element('announcer'),
    content: document.body,
});
const announce = (text) => {
    element('news').textContent = text;
};
const tools = new RowTools(lists, element('ticker').tBodies[1], announce);
new Menus(document);
const symbolView = new SymbolView(
    { client, market, phases, alarms: new Alarms(client, notices) },
    {
        root: element('symbol'),
        title: element('symbol-title'),
        name: element('symbol-name'),
        price: element('symbol-price'),
        last: element('symbol-last'),
        change: element('symbol-change'),
        intervals: element('intervals'),
        kinds: element('kinds'),
        legend: element('legend'),
        chart: element('chart'),
        news: element('chart-news'),
        figures: element('figures'),
        alerts: element('alerts'),
        form: element('alert-form'),
        op: element('alert-op'),
        value: element('alert-value'),
        complaint: element('alert-complaint'),
        list: element('alert-list'),
        tape: { body: element('tape'), scroller: element('tape-scroller'), more: element('tape-more') },
    },
);

new MarketView(
    { market, phases, visible },
    {
        strip: element('strip'),
        toggle: element('strip-toggle'),
        gainers: element('gainers'),
        losers: element('losers'),
        active: element('active'),
        halts: element('halts'),
        digest: element('digest'),
    },
    () => table.paused,
);

// What the server says
const listeners = {
    heartbeat: (message) => status.heartbeat(message),
    subscribed: accepted,
    flow: slowed,
    error: ({ id, ...problem }) => id === undefined && notices.show('error', say('notice.error', problem)),
};
let slow = false;
let merged = 0;

client.addEventListener('message', ({ detail: message }) => {
    status.heard();
    if (Object.hasOwn(listeners, message.type)) {
        listeners[message.type](message);
    }
});
client.addEventListener('rows', ({ detail: { channel, rows } }) => {
    if (slow && channel === 'ticker') {
        merged += rows.reduce((sum, { n = 1 }) => sum + n - 1, 0);
        status.slow(merged);
    }
});
client.addEventListener('fault', ({ detail }) => notices.show('fault', say('notice.fault', { detail })));
client.addEventListener('state', () => {
    if (client.state !== 'live') {
        slowed({ level: 'full' });
    }
    if (client.state === 'closed' && NOT_LET_IN.includes(client.closure.code)) {
        notices.show('token', say('notice.token'));
    }
    status.draw();
});
client.addEventListener('latency', () => status.draw());
client.addEventListener('gap', ({ detail }) => notices.show('gap', say('notice.gap', detail)));
client.addEventListener('rejected', ({ detail: { channel, rejected } }) => {
    const [{ symbol, reason }] = rejected;
    if (reason === 'auth_required') {
        notices.show('token', say('notice.token'));
        return;
    }
    if (reason === 'unknown_symbol') {
        // It is on the reader's list, where its row stands empty, or its own view says so.
        return;
    }
    if (channel === 'ticker' && symbol === '*') {
        // Not everything may be followed here: then at least what the reader's lists name.
        lists.everything.length > 0 && client.subscribe('ticker', lists.everything);
    }
    notices.show(`refused ${channel}`, say('notice.rejected', { symbol: `${channel} ${symbol}`, reason }));
});
client.addEventListener('violation', ({ detail }) =>
    notices.show('violation', say('notice.violation', { ...detail, symbol: detail.symbol ?? say('all.of.them'), count: client.violations })),
);

function accepted({ channel, rejected = [] }) {
    if (rejected.length === 0) {
        notices.withdraw(`refused ${channel}`);
        notices.withdraw('error');
    }
}

function slowed({ level, reason = 'unknown' }) {
    // What the page itself asked for is no news.
    slow = level !== 'full' && reason === 'slow_client';
    if (slow) {
        notices.show('flow', say('notice.flow', { level, reason: reason.replaceAll('_', ' ') }));
    } else {
        merged = 0;
        status.slow(undefined);
        notices.withdraw('flow');
    }
}

// The lists
const listBar = new ListBar(
    lists,
    {
        names: element('lists'),
        create: element('list-create'),
        edit: element('list-edit'),
        form: element('list-form'),
        name: element('list-name'),
        remove: element('list-delete'),
    },
    showColumns,
);
let shownList = lists.active;

lists.addEventListener('change', () => {
    listing.show(lists.symbols);
    if (lists.active !== shownList) {
        shownList = lists.active;
        showColumns();
    }
    table.redraw();
});
new Search(
    { input: element('search'), list: element('found'), news: element('search-news') },
    (query, most) => client.search(query, most),
    ({ symbol }) => {
        addToList(symbol);
        location.hash = '#/';
        requestAnimationFrame(() => requestAnimationFrame(() => table.reveal(symbol)));
    },
);

function addToList(symbol) {
    lists.add(symbol, say('list.first'));
    announce(say('list.added', { symbol, name: lists.names[lists.active] }));
}

// The symbol that the address names, or all prices
function route(event) {
    if (bringsToken(location)) {
        location.reload();
        return;
    }
    const symbol = decodeURIComponent(location.hash.match(/^#\/symbol\/(.+)$/)?.[1] ?? '').toUpperCase();
    element('prices').hidden = symbol !== '';
    visible.show('symbol', symbol ? [symbol] : []);
    if (symbol === '') {
        symbolView.close();
        document.title = say('title');
    } else if (symbol !== symbolView.symbol) {
        symbolView.open(symbol);
        document.title = `${symbol} – Tickerplant`;
        // Who came by a link is told where they are; who opens the page here is at its beginning.
        event && element('symbol-title').focus({ preventScroll: true });
        window.scrollTo(0, 0);
    }
}
window.addEventListener('hashchange', route);
element('symbol-add').addEventListener('click', () => addToList(symbolView.symbol));

// The table
function showColumns() {
    const chosen = preferences.columns;
    element('ticker').classList.toggle('fitting', chosen === undefined);
    element('ticker').classList.toggle('editing', listBar.editing);
    table.show(chosen ? columnsNamed(chosen) : COLUMNS, listBar.editing ? (symbol) => tools.of(symbol) : undefined);
}

function drawColumnChoice() {
    const chosen = preferences.columns ?? COLUMNS.map(({ name }) => name);
    element('columns').replaceChildren(
        ...COLUMNS.slice(1).map((column) => {
            const label = document.createElement('label');
            const box = document.createElement('input');
            box.type = 'checkbox';
            box.checked = chosen.includes(column.name);
            box.addEventListener('change', () => {
                const all = [...element('columns').querySelectorAll('input')];
                preferences.columns = COLUMNS.slice(1)
                    .filter((_, i) => all[i].checked)
                    .map(({ name }) => name);
                showColumns();
            });
            label.append(box, columnLabel(column));
            return label;
        }),
    );
}
element('columns-default').addEventListener('click', () => {
    preferences.columns = undefined;
    drawColumnChoice();
    showColumns();
});

const pause = element('pause');
pause.addEventListener('click', () => {
    if (table.paused) {
        table.resume();
    } else {
        table.pause();
    }
    pause.textContent = say(table.paused ? 'resume' : 'pause');
    element('paused').hidden = !table.paused;
    element('paused').textContent = say('paused', { time: eventTime(Date.now(), Date.now()) });
});

const rate = element('rate');
rate.append(
    ...RATES.map((perSecond) => {
        const text = perSecond < 1 ? say('rate.slow', { s: 1 / perSecond }) : say('rate.per.second', { n: perSecond });
        return new Option(perSecond === 0 ? say('rate.all') : text, perSecond, false, perSecond === preferences.rate);
    }),
);
rate.addEventListener('change', () => {
    preferences.rate = Number(rate.value);
    client.configure({ max_rate: preferences.rate || null });
});

table.addEventListener('sight', ({ detail: symbols }) => visible.show('table', symbols));
table.addEventListener('drawn', describe);
market.addEventListener('synchronised', () => {
    status.draw();
    describe();
});

function describe() {
    const { count } = table;
    element('count').textContent = !lists.symbols && !market.whole ? '' : count === 1 ? say('symbols.one') : say('symbols.some', { count: quantity(count) });
    element('empty').hidden = count > 0;
    element('empty').classList.toggle('waiting', !lists.symbols && !market.synchronised);
    element('scroller').hidden = count === 0;
    if (lists.symbols) {
        element('emptiness').textContent = say('list.empty');
    } else {
        element('emptiness').textContent = say(market.synchronised ? 'list.none' : 'list.waiting');
    }
}

// The settings
for (const [id, key, values] of [
    ['theme', 'theme', ['system', 'light', 'dark'].map((theme) => [theme, say(`theme.${theme}`)])],
    ['language', 'language', languages.map((tag) => [tag, new Intl.DisplayNames(tag, { type: 'language' }).of(tag)])],
]) {
    const select = element(id);
    select.append(...values.map(([value, text]) => new Option(text, value)));
    select.value = key === 'language' ? currentLanguage() : preferences[key];
    select.addEventListener('change', () => {
        preferences[key] = select.value;
        if (key === 'language') {
            // Words stand in every corner of the page.
            location.reload();
        } else {
            root.dataset.theme = preferences.theme;
            symbolView.paint();
        }
    });
}

// What the browser says
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => symbolView.paint());
for (const change of ['online', 'offline']) {
    window.addEventListener(change, () => client.probe());
}
document.addEventListener('visibilitychange', () => {
    // Nobody looks at a hidden page: at its return it gets what it missed as one merged row per symbol.
    client.configure({ paused: document.hidden });
    if (!document.hidden) {
        client.probe();
    }
});
// A page kept for the back button must not keep its connection.
window.addEventListener('pagehide', () => client.stop());
window.addEventListener('pageshow', () => client.start());

listing.show(lists.symbols);
drawColumnChoice();
showColumns();
setInterval(() => status.draw(), STATUS_EVERY_MS);
client.configure({ paused: document.hidden, max_rate: preferences.rate || null });
opening.addEventListener('begun', () => afterDrawing(() => client.subscribe('status', ['*'])));
route();
client.start();

/** A hidden page draws nothing, and waits for no frame. */
function afterDrawing(then) {
    let waiting = true;
    const once = () => {
        if (waiting) {
            waiting = false;
            then();
        }
    };
    requestAnimationFrame(() => setTimeout(once));
    setTimeout(once, DRAWN_WITHIN_MS);
}

import { COLUMNS } from './columns.js';
import { Connection, socketAddress } from './connection.js';
import { Listing } from './listing.js';
import { Market } from './market.js';
import { Notices } from './notices.js';
import { eventTime } from './numbers.js';
import { StatusView } from './status.js';
import { TickerTable } from './ticker-table.js';

/* The page's parts list. Nothing else knows the ids of index.html. */

const STATUS_EVERY_MS = 500;
const CHANNEL = 'ticker';

const element = (id) => document.getElementById(id);
const connection = new Connection(socketAddress(document.baseURI));
const market = new Market();
const table = new TickerTable(element('ticker'), market, new Listing(market, COLUMNS[0]));
const notices = new Notices(element('notices'));
const status = new StatusView(connection, market, {
    state: element('connection'),
    feed: element('feed'),
    phase: element('phase'),
    banner: element('banner'),
    announcer: element('announcer'),
    content: element('content'),
});

// What the server says
const listeners = {
    welcome: () => market.begin(),
    snapshot: (message) => message.channel === CHANNEL && market.snapshot(message),
    update: (message) => message.channel === CHANNEL && market.update(message),
    gap: lost,
    heartbeat: (message) => status.heartbeat(message),
    subscribed: refused,
    flow: slowed,
    error: ({ reason, message }) => notices.show('error', `The server reports ${reason}: ${message}`),
};

connection.addEventListener('message', ({ detail: message }) => {
    if (Object.hasOwn(listeners, message.type)) {
        listeners[message.type](message);
    }
});
connection.addEventListener('fault', ({ detail }) =>
    notices.show('fault', `A message from the server was not understood and left out: ${detail}`),
);
connection.addEventListener('state', () => {
    if (connection.state !== 'live') {
        notices.withdraw('flow');
    }
    status.draw();
});
connection.addEventListener('latency', () => status.draw());

function lost(gap) {
    if (gap.channel !== CHANNEL) {
        return;
    }
    market.gap(gap);
    notices.show('gap', `Events ${gap.from} to ${gap.to} of ${gap.symbol} are missing (${gap.reason}).`);
    if (gap.reason !== 'feed') {
        // What the feed lost nobody has; what only this page missed is in a snapshot.
        connection.refresh(CHANNEL);
    }
}

function refused({ rejected = [] }) {
    if (rejected.length > 0) {
        const [{ symbol, reason }] = rejected;
        notices.show('refused', `The server does not send ${symbol}: ${reason}.`);
    } else {
        notices.withdraw('refused');
        notices.withdraw('error');
    }
}

function slowed({ level, reason = 'unknown' }) {
    if (level === 'full') {
        notices.withdraw('flow');
    } else {
        notices.show('flow', `Updates are ${level} (${reason.replaceAll('_', ' ')}): prices are right, but fewer of their moves are shown.`);
    }
}

// What the market says
market.addEventListener('violation', ({ detail: { symbol, expected, received } }) => {
    notices.show(
        'violation',
        `Updates of ${symbol} were out of sequence (expected ${expected}, received ${received}); ` +
            `a fresh snapshot was asked for. ${market.violations} so far.`,
    );
    connection.refresh(CHANNEL);
});
market.addEventListener('synchronised', () => {
    status.draw();
    describeEmptiness();
});

// What the reader does
const filter = element('filter');
const pause = element('pause');

filter.addEventListener('input', () => table.filter(filter.value));
element('clear').addEventListener('click', () => {
    filter.value = '';
    table.filter('');
    filter.focus();
});
pause.addEventListener('click', () => {
    if (table.paused) {
        table.resume();
    } else {
        table.pause();
    }
    pause.textContent = table.paused ? 'Resume' : 'Pause';
    describePause();
});
table.addEventListener('drawn', () => {
    const all = table.shown === table.matching;
    element('count').textContent = all
        ? `${table.matching.toLocaleString('en-US')} ${table.matching === 1 ? 'symbol' : 'symbols'}`
        : `${table.shown.toLocaleString('en-US')} of ${table.matching.toLocaleString('en-US')} shown`;
    describeEmptiness();
    describePause();
});

function describePause() {
    element('paused').hidden = !table.paused;
    element('paused').textContent = `Paused: prices as of ${eventTime(Date.now(), Date.now())}`;
}

function describeEmptiness() {
    const filtered = market.size > 0;
    element('empty').hidden = table.shown > 0;
    element('clear').hidden = !filtered;
    if (filtered) {
        element('emptiness').textContent = `No symbol or company matches “${filter.value.trim()}”.`;
    } else if (market.synchronised) {
        element('emptiness').textContent = 'The market has no symbols yet. They appear here as soon as a feed names them.';
    } else {
        element('emptiness').textContent = 'Waiting for the first prices…';
    }
}

// What the browser says
for (const change of ['online', 'offline']) {
    window.addEventListener(change, () => connection.probe());
}
document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
        connection.probe();
    }
});
// A page kept for the back button must not keep its connection.
window.addEventListener('pagehide', () => connection.stop());
window.addEventListener('pageshow', () => connection.start());

setInterval(() => status.draw(), STATUS_EVERY_MS);
connection.subscribe(CHANNEL, ['*']);
connection.start();

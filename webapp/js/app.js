import { Client, socketAddress } from './client/index.js';
import { COLUMNS } from './columns.js';
import { Listing } from './listing.js';
import { Market } from './market.js';
import { Notices } from './notices.js';
import { eventTime } from './numbers.js';
import { StatusView } from './status.js';
import { TickerTable } from './ticker-table.js';

/* The page's parts list. Nothing else knows the ids of index.html. */

const STATUS_EVERY_MS = 500;

const element = (id) => document.getElementById(id);
const client = new Client(socketAddress(document.baseURI));
const market = new Market(client);
const table = new TickerTable(element('ticker'), market, new Listing(market, COLUMNS[0]));
const notices = new Notices(element('notices'));
const status = new StatusView(client, market, {
    state: element('connection'),
    feed: element('feed'),
    phase: element('phase'),
    banner: element('banner'),
    announcer: element('announcer'),
    content: element('content'),
});

// What the server says
const listeners = {
    heartbeat: (message) => status.heartbeat(message),
    subscribed: accepted,
    flow: slowed,
    error: ({ reason, message }) => notices.show('error', `The server reports ${reason}: ${message}`),
};

client.addEventListener('message', ({ detail: message }) => {
    if (Object.hasOwn(listeners, message.type)) {
        listeners[message.type](message);
    }
});
client.addEventListener('fault', ({ detail }) =>
    notices.show('fault', `A message from the server was not understood and left out: ${detail}`),
);
client.addEventListener('state', () => {
    if (client.state !== 'live') {
        notices.withdraw('flow');
    }
    status.draw();
});
client.addEventListener('latency', () => status.draw());
client.addEventListener('gap', ({ detail: { from, to, symbol, reason } }) =>
    notices.show('gap', `Events ${from} to ${to} of ${symbol} are missing (${reason}).`),
);
client.addEventListener('rejected', ({ detail: { rejected } }) => {
    const [{ symbol, reason }] = rejected;
    notices.show('refused', `The server does not send ${symbol}: ${reason}.`);
});
client.addEventListener('violation', ({ detail: { symbol, expected, received } }) =>
    notices.show(
        'violation',
        `Updates of ${symbol ?? 'all symbols'} were out of sequence (expected ${expected}, received ${received}); ` +
            `a fresh snapshot was asked for. ${client.violations} so far.`,
    ),
);

function accepted({ rejected = [] }) {
    if (rejected.length === 0) {
        notices.withdraw('refused');
        notices.withdraw('error');
    }
}

function slowed({ level, reason = 'unknown' }) {
    if (level === 'full' || reason === 'hidden' || reason === 'configured') {
        // What the page itself asked for is no news.
        notices.withdraw('flow');
    } else {
        notices.show('flow', `Updates are ${level} (${reason.replaceAll('_', ' ')}): prices are right, but fewer of their moves are shown.`);
    }
}

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

setInterval(() => status.draw(), STATUS_EVERY_MS);
client.configure({ paused: document.hidden });
client.subscribe('ticker', ['*']);
client.start();

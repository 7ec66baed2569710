import { socketAddress } from './client/address.js';
import { browserClock } from './client/clock.js';
import { eventTime } from './numbers.js';
import { Preferences } from './preferences.js';
import { browserStorage } from './storage.js';
import { Throughput } from './throughput.js';
import { chooseLanguage, currentLanguage, fillIn, locale, say } from './words/words.js';

/* The diagnostics page: one bare WebSocket to any server, and everything that goes over it. It knows only this much of the
   protocol that a ping can be asked for. */

const SHOWN = 200;
const SHOWN_CHARACTERS = 2_000;
const DRAW_EVERY_MS = 250;
const PING_EVERY_MS = 1_000;
const STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

const element = (id) => document.getElementById(id);
const preferences = new Preferences(browserStorage());
chooseLanguage(preferences.language, navigator.languages);
document.documentElement.lang = currentLanguage();
document.documentElement.dataset.theme = preferences.theme;
document.title = say('diagnostics.title');
fillIn(document);

const encoder = new TextEncoder();
let socket;
let incoming = new Throughput(browserClock);
let outgoing = new Throughput(browserClock);
let closed;
let latency;
let pinged;
let pings = 0;
let held = false;
let frames = [];
let skipped = 0;

element('address').value = socketAddress(document.baseURI);

element('connect-form').addEventListener('submit', (event) => {
    event.preventDefault();
    connect();
});
element('close').addEventListener('click', () => socket?.close(1000, 'diagnostics'));
element('message-form').addEventListener('submit', (event) => {
    event.preventDefault();
    send(element('message').value);
});
element('hold').addEventListener('click', () => {
    held = !held;
    element('hold').textContent = say(held ? 'diagnostics.go' : 'diagnostics.hold');
});
element('clear').addEventListener('click', () => {
    frames = [];
    skipped = 0;
    element('frames').replaceChildren();
});

function connect() {
    const protocols = element('protocols').value.split(',').map((name) => name.trim()).filter(Boolean);
    if (socket) {
        socket.onclose = null;
        socket.onmessage = null;
        socket.close();
    }
    element('complaint').textContent = '';
    incoming = new Throughput(browserClock);
    outgoing = new Throughput(browserClock);
    latency = undefined;
    pinged = undefined;
    try {
        socket = new WebSocket(element('address').value, protocols);
    } catch (cause) {
        socket = undefined;
        element('complaint').textContent = say('diagnostics.refused', { message: cause.message });
        return;
    }
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => record('·', 'open');
    socket.onmessage = ({ data }) => receive(data);
    socket.onclose = ({ code, reason, wasClean }) => {
        closed = `${code} ${reason}${wasClean ? '' : ' (unclean)'}`;
        record('·', `close ${closed}`);
    };
}

function receive(data) {
    const text = typeof data === 'string' ? data : hex(new Uint8Array(data));
    incoming.add(typeof data === 'string' ? encoder.encode(data).length : data.byteLength);
    if (pinged && text.includes(pinged.mark)) {
        latency = browserClock.now() - pinged.at;
        pinged = undefined;
    }
    record('←', text);
}

function send(text) {
    if (socket?.readyState === WebSocket.OPEN) {
        outgoing.add(encoder.encode(text).length);
        socket.send(text);
        record('→', text);
    }
}

function record(way, text) {
    frames.push([way, text, Date.now()]);
    if (frames.length > SHOWN) {
        skipped += frames.length - SHOWN;
        frames.splice(0, frames.length - SHOWN);
    }
}

/* A ping of our own protocol, which an echo gives back as well: either way the mark comes home. */
setInterval(() => {
    if (element('ping').checked && socket?.readyState === WebSocket.OPEN && !pinged) {
        const id = `diagnostics-${++pings}`;
        pinged = { mark: id, at: browserClock.now() };
        send(JSON.stringify({ type: 'ping', id, ts: Date.now() }));
    }
}, PING_EVERY_MS);

setInterval(() => {
    element('state').textContent = socket ? `${socket.readyState} ${STATES[socket.readyState]}` : say('diagnostics.none');
    element('protocol').textContent = socket?.protocol || say('diagnostics.none');
    element('latency').textContent = latency === undefined ? '–' : `${latency.toFixed(1)} ms`;
    element('in').textContent = rate(incoming);
    element('out').textContent = rate(outgoing);
    element('closed').textContent = closed ?? say('diagnostics.none');
    element('buffered').textContent = say('diagnostics.bytes', { n: number(socket?.bufferedAmount ?? 0) });
    if (!held) {
        draw();
    }
}, DRAW_EVERY_MS);

function draw() {
    const list = element('frames');
    list.append(...frames.splice(0).map(line));
    while (list.children.length > SHOWN) {
        list.firstElementChild.remove();
        skipped++;
    }
    element('skipped').textContent = skipped > 0 ? say('diagnostics.skipped', { n: number(skipped) }) : '';
}

function line([way, text, at]) {
    const item = document.createElement('li');
    const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
    item.textContent = `${eventTime(at, Date.now())} ${way} ${shown}`;
    return item;
}

function rate(throughput) {
    const values = Object.entries(throughput.read()).map(([name, value]) => [name, number(value)]);
    return say('diagnostics.rate', Object.fromEntries(values));
}

function number(value) {
    return value.toLocaleString(locale());
}

function hex(bytes) {
    return [...bytes.subarray(0, SHOWN_CHARACTERS / 3)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

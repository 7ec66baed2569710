import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../../../webapp/js/client/index.js';
import { Opening } from '../../../webapp/js/opening.js';
import { FakeClock, FakeSocket } from './fakes.mjs';

const told = () => new Promise((done) => setImmediate(done));

function world(listed) {
    const sockets = [];
    const clock = new FakeClock();
    const client = new Client('ws://host/ws/ticker', {
        open: (address, protocol) => {
            sockets.push(new FakeSocket(address, protocol));
            return sockets.at(-1);
        },
        clock,
        random: () => 0.5,
    });
    const drawings = [];
    const opening = new Opening(client, () => listed, (then) => drawings.push(then));
    const heard = [];
    for (const type of ['begun', 'whole']) {
        opening.addEventListener(type, () => heard.push(type));
    }
    client.start();
    const made = {
        client,
        clock,
        opening,
        drawings,
        heard,
        last: () => sockets.at(-1),
        sent: (type) => sockets.at(-1).sent.filter((request) => request.type === type),
        answers: (fields) => {
            const { id, symbols } = made.sent('subscribe').at(-1);
            sockets.at(-1).says({ type: 'subscribed', id, channel: 'ticker', symbols, total: 1, ...fields });
        },
        snapshot: (...symbols) =>
            sockets.at(-1).says({ type: 'snapshot', channel: 'ticker', ts: 1, data: symbols.map((symbol) => ({ symbol, seq: 1 })), end: true }),
        found: (...symbols) => sockets.at(-1).says({ type: 'symbols', id: made.sent('symbols')[0].id, data: symbols.map((symbol) => ({ symbol })) }),
    };
    sockets[0].welcomes();
    return made;
}

const asked = ({ sent }) => sent('subscribe').map(({ symbols }) => symbols.join());

test('the first symbols are followed before all others, which wait until those are drawn', async () => {
    const opens = world();
    assert.deepEqual([opens.sent('symbols')[0].query, asked(opens)], ['', []]);
    opens.found('AAPL', 'MSFT');
    await told();
    assert.deepEqual([asked(opens), opens.opening.begun], [['AAPL,MSFT'], false]);
    opens.answers({ total: 2 });
    assert.equal(opens.opening.begun, false);
    opens.snapshot('AAPL', 'MSFT');
    assert.deepEqual([opens.heard, opens.opening.begun, asked(opens)], [['begun'], true, ['AAPL,MSFT']]);
    opens.drawings[0]();
    assert.deepEqual([asked(opens), opens.opening.whole], [['AAPL,MSFT', '*'], false]);
    opens.answers({ total: 3 });
    opens.snapshot('AAPL', 'MSFT', 'ZM');
    assert.deepEqual([opens.heard, opens.opening.whole], [['begun', 'whole'], true]);
    assert.deepEqual(opens.sent('unsubscribe').map(({ symbols }) => symbols), [['AAPL', 'MSFT']]);
});

test('of a list, what stands on it comes first, without a search', async () => {
    const opens = world(['BTC-USD']);
    await told();
    assert.deepEqual([opens.sent('symbols'), asked(opens)], [[], ['BTC-USD']]);
});

test('where the list names nothing that the server knows, all others follow', async () => {
    const opens = world(['GONE']);
    await told();
    opens.answers({ symbols: [], total: 0, rejected: [{ symbol: 'GONE', code: 404, reason: 'unknown_symbol' }] });
    opens.drawings[0]();
    assert.deepEqual(asked(opens), ['GONE', '*']);
});

test('an empty list, an empty market and a server without a search are followed as a whole at once', async () => {
    const none = world([]);
    await told();
    assert.deepEqual(asked(none), ['*']);
    const empty = world();
    empty.found();
    await told();
    assert.deepEqual(asked(empty), ['*']);
    empty.answers({ total: 0 });
    assert.deepEqual([empty.heard, empty.opening.whole], [['whole'], true]);
    const other = world();
    other.last().says({ type: 'error', id: other.sent('symbols')[0].id, code: 400, reason: 'unknown_type', message: 'no such request' });
    await told();
    assert.deepEqual(asked(other), ['*']);
});

test('where not everything may be followed, the first symbols stay', async () => {
    const opens = world();
    opens.found('AAPL');
    await told();
    opens.snapshot('AAPL');
    opens.drawings[0]();
    opens.answers({ symbols: [], total: 1, rejected: [{ symbol: '*', code: 429, reason: 'symbol_limit' }] });
    assert.deepEqual([opens.heard, opens.sent('unsubscribe')], [['begun', 'whole'], []]);
});

test('a connection that is lost meanwhile begins anew', async () => {
    const opens = world();
    opens.last().closes(1006);
    await told();
    opens.clock.pass(opens.client.retryInMs);
    opens.last().welcomes();
    assert.equal(opens.sent('symbols').length, 1);
    opens.found('AAPL');
    await told();
    assert.deepEqual(asked(opens), ['AAPL']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Market } from '../../../webapp/js/market.js';

function opened(...rows) {
    const market = new Market();
    const heard = [];
    market.addEventListener('rows', ({ detail }) => heard.push(['rows', ...detail]));
    market.addEventListener('violation', ({ detail }) => heard.push(['violation', detail]));
    market.addEventListener('synchronised', () => heard.push(['synchronised']));
    market.begin();
    market.snapshot({ end: true, data: rows });
    heard.length = 0;
    return { market, heard };
}

const AAPL = { symbol: 'AAPL', seq: 10, name: 'Apple Inc.', last: 189.3, bid: 189.2, volume: 500 };

test('a snapshot sets: what it leaves out is gone', () => {
    const { market } = opened(AAPL);
    market.snapshot({ end: true, data: [{ symbol: 'AAPL', seq: 12, last: 190 }] });
    assert.deepEqual(market.row('AAPL'), { symbol: 'AAPL', seq: 12, last: 190 });
});

test('an update changes the fields that it names and keeps the others', () => {
    const { market, heard } = opened(AAPL);
    market.update({ data: [{ symbol: 'AAPL', seq: 11, last: 189.4, volume: 600 }] });
    assert.deepEqual(market.row('AAPL'), { ...AAPL, seq: 11, last: 189.4, volume: 600 });
    assert.deepEqual(heard, [['rows', 'AAPL']]);
});

test('null takes a field away', () => {
    const { market } = opened(AAPL);
    market.update({ data: [{ symbol: 'AAPL', seq: 11, bid: null }] });
    assert.equal('bid' in market.row('AAPL'), false);
});

test('a merged row continues the sequence by its n, and its n, hi and lo are not kept', () => {
    const { market, heard } = opened(AAPL);
    market.update({ data: [{ symbol: 'AAPL', seq: 17, n: 7, hi: 200, lo: 180, last: 190 }] });
    assert.deepEqual(market.row('AAPL'), { ...AAPL, seq: 17, last: 190 });
    assert.deepEqual(heard, [['rows', 'AAPL']]);
});

test('a row that came already changes nothing', () => {
    const { market, heard } = opened(AAPL);
    market.update({ data: [{ symbol: 'AAPL', seq: 10, last: 1 }, { symbol: 'AAPL', seq: 9, last: 2 }] });
    assert.deepEqual(market.row('AAPL'), AAPL);
    assert.deepEqual(heard, []);
});

test('a missing row is reported, and the newer values count all the same', () => {
    const { market, heard } = opened(AAPL);
    market.update({ data: [{ symbol: 'AAPL', seq: 13, n: 2, last: 191 }] });
    assert.equal(market.row('AAPL').last, 191);
    assert.equal(market.violations, 1);
    assert.deepEqual(heard, [['violation', { symbol: 'AAPL', expected: 11, received: 12 }], ['rows', 'AAPL']]);
    market.update({ data: [{ symbol: 'AAPL', seq: 14, last: 192 }] });
    assert.equal(market.violations, 1, 'one loss is one violation');
});

test('a merged row that overlaps what was received is reported', () => {
    const { market } = opened(AAPL);
    market.update({ data: [{ symbol: 'AAPL', seq: 12, n: 3, last: 191 }] });
    assert.equal(market.violations, 1);
});

test('an update of a symbol that had no snapshot is reported and left out', () => {
    const { market, heard } = opened(AAPL);
    market.update({ data: [{ symbol: 'MSFT', seq: 1, last: 400 }] });
    assert.equal(market.row('MSFT'), undefined);
    assert.deepEqual(heard, [['violation', { symbol: 'MSFT', expected: 'a snapshot first', received: 1 }]]);
});

test('an announced gap moves what was last received', () => {
    const { market, heard } = opened(AAPL);
    market.gap({ symbol: 'AAPL', from: 11, to: 15 });
    market.gap({ symbol: 'AAPL', from: 3, to: 4 });
    market.gap({ symbol: 'UNKNOWN', from: 1, to: 1 });
    market.update({ data: [{ symbol: 'AAPL', seq: 16, last: 190 }] });
    assert.deepEqual(heard, [['rows', 'AAPL']]);
});

test('a symbol may start at sequence 0 without prices', () => {
    const { market, heard } = opened({ symbol: 'NEW', seq: 0 });
    market.update({ data: [{ symbol: 'NEW', seq: 1, last: 5 }] });
    assert.deepEqual(market.row('NEW'), { symbol: 'NEW', seq: 1, last: 5 });
    assert.deepEqual(heard, [['rows', 'NEW']]);
});

test('after a reconnect old values stay until the snapshot, which may count anew', () => {
    const { market, heard } = opened(AAPL);
    market.begin();
    assert.equal(market.synchronised, false);
    assert.equal(market.row('AAPL').last, 189.3);
    market.snapshot({ end: false, data: [{ symbol: 'AAPL', seq: 2, last: 150 }] });
    assert.equal(market.synchronised, false);
    market.update({ data: [{ symbol: 'AAPL', seq: 3, last: 151 }] });
    assert.deepEqual(market.row('AAPL'), { symbol: 'AAPL', seq: 3, last: 151 });
    assert.equal(heard.some(([what]) => what === 'violation'), false);
});

test('a symbol that the new connection no longer names is forgotten when its snapshot ends', () => {
    const { market, heard } = opened(AAPL, { symbol: 'GONE', seq: 5 });
    market.begin();
    market.snapshot({ end: false, data: [AAPL] });
    assert.equal(market.size, 2);
    market.snapshot({ end: true, data: [] });
    assert.deepEqual([...market.symbols()], ['AAPL']);
    assert.deepEqual(heard, [['rows', 'AAPL'], ['rows', 'GONE'], ['synchronised']]);
});

test('a symbol listed later does not drop the others', () => {
    const { market } = opened(AAPL);
    market.snapshot({ end: true, data: [{ symbol: 'MSFT', seq: 1 }] });
    assert.deepEqual([...market.symbols()], ['AAPL', 'MSFT']);
});

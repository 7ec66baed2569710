import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Topic } from '../../../../webapp/js/client/topic.js';

function topic(...entries) {
    const made = new Topic('ticker');
    made.add(entries);
    return made;
}

test('each row has to continue what was received', () => {
    const ticker = topic('*');
    assert.equal(ticker.accept({ symbol: 'A', seq: 1 }), 'unknown');
    ticker.set({ symbol: 'A', seq: 10 });
    assert.equal(ticker.accept({ symbol: 'A', seq: 11 }), 'next');
    assert.equal(ticker.accept({ symbol: 'A', seq: 18, n: 7 }), 'next');
    assert.equal(ticker.accept({ symbol: 'A', seq: 18 }), 'old');
    assert.equal(ticker.accept({ symbol: 'A', seq: 20 }), 'hole');
    assert.equal(ticker.accept({ symbol: 'A', seq: 21 }), 'next', 'one loss is one hole');
    assert.equal(ticker.accept({ symbol: 'A', seq: 23, n: 3 }), 'hole', 'a row may not stand for what came already');
});

test('the first word about the whole market needs no snapshot', () => {
    const news = new Topic('news');
    news.add(['AAPL']);
    assert.equal(news.accept({ seq: 3, headline: 'up' }), 'next');
    assert.equal(news.accept({ seq: 5, headline: 'down' }), 'hole');
    assert.ok(news.covers('*'));
});

test('a gap moves what was received, one that is known already does not', () => {
    const ticker = topic('A');
    assert.equal(ticker.skip({ symbol: 'A', to: 5 }), false);
    ticker.set({ symbol: 'A', seq: 3 });
    assert.equal(ticker.skip({ symbol: 'A', to: 5 }), true);
    assert.equal(ticker.skip({ symbol: 'A', to: 5 }), false);
    assert.equal(ticker.accept({ symbol: 'A', seq: 6 }), 'next');
});

test('what another entry still covers is not left', () => {
    const ticker = topic('AAPL', 'A*', 'MSFT');
    for (const symbol of ['AAPL', 'AMZN', 'MSFT']) {
        ticker.set({ symbol, seq: 1 });
    }
    assert.deepEqual(ticker.covering('AAPL'), ['AAPL', 'A*']);
    assert.deepEqual(ticker.remove(['AAPL']), []);
    assert.deepEqual(ticker.remove(['A*', 'MSFT']), ['AAPL', 'AMZN', 'MSFT']);
    assert.ok(ticker.empty);
});

test('each rate has its own request, and an interval stands in all', () => {
    const bars = new Topic('bars', '1m');
    bars.add(['A', 'B'], 2);
    bars.add(['C']);
    assert.deepEqual(bars.requests(['A', 'B', 'C'], 65_536), [
        { type: 'subscribe', channel: 'bars', interval: '1m', symbols: ['A', 'B'], max_rate: 2 },
        { type: 'subscribe', channel: 'bars', interval: '1m', symbols: ['C'] },
    ]);
});

test('a resume too big for one message is split, and no request is longer than the server takes', () => {
    const symbols = Array.from({ length: 1_000 }, (_, i) => `SYMBOL${i}`);
    const ticker = topic(...symbols);
    symbols.forEach((symbol, i) => ticker.set({ symbol, seq: 1_000_000 + i }));
    const requests = ticker.requests(symbols, 4_096, 'e-1');
    assert.ok(requests.length > 5);
    assert.ok(requests.every((request) => JSON.stringify(request).length < 4_096));
    assert.deepEqual(requests.flatMap((request) => request.symbols), symbols);
    assert.deepEqual(
        Object.assign({}, ...requests.map(({ resume }) => resume.seq)),
        Object.fromEntries(symbols.map((symbol, i) => [symbol, 1_000_000 + i])),
    );
});

test('a wildcard resumes as many as there is room for', () => {
    const ticker = topic('*');
    for (let i = 0; i < 1_000; i++) {
        ticker.set({ symbol: `S${i}`, seq: i });
    }
    const [request, ...others] = ticker.requests(['*'], 4_096, 'e-1');
    assert.deepEqual([request.symbols, others.length], [['*'], 0]);
    assert.ok(Object.keys(request.resume.seq).length > 200);
    assert.ok(JSON.stringify(request).length < 4_096);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionStatus, feedStatus, frozenReason } from '../../../webapp/js/status.js';

test('the connection says how it stands in a few words', () => {
    const text = (connection, synchronised = true) => connectionStatus(connection, synchronised).text;
    assert.equal(text({ state: 'connecting' }), 'connecting');
    assert.equal(text({ state: 'connecting', closure: { code: 1006, reason: '' } }), 'reconnecting');
    assert.equal(text({ state: 'live' }, false), 'loading prices');
    assert.equal(text({ state: 'live' }), 'live');
    assert.equal(text({ state: 'live', latency: 22.6 }), 'live · 23 ms');
    assert.equal(text({ state: 'live', latency: 0.2 }), 'live · 1 ms');
    assert.equal(text({ state: 'waiting', retryInMs: 2_100 }), 'reconnecting in 3 s');
    assert.equal(text({ state: 'closed' }), 'disconnected');
});

test('the feed says what it is and how old its last event', () => {
    assert.deepEqual(feedStatus({ feed: 'stale', feed_age_ms: 12_300 }), { tone: 'wait', text: 'feed stale · 12 s' });
    assert.deepEqual(feedStatus({ feed: 'down' }), { tone: 'bad', text: 'feed down' });
});

test('frozen prices say since when and why', () => {
    const noon = new Date(2026, 0, 15, 12, 0, 0).getTime();
    const reason = (connection) => frozenReason(connection, noon, noon);
    const waiting = { state: 'waiting', retryInMs: 3_000 };
    assert.match(reason({ ...waiting, closure: { code: 1006, reason: '' } }), /^Prices are frozen as of 12:00:00\. The connection was lost \(1006\); trying again in 3 s\.$/);
    assert.match(reason({ ...waiting, closure: { code: 1001, reason: '' } }), /restarting/);
    assert.match(reason({ ...waiting, closure: { code: 0, reason: 'no heartbeat' } }), /went silent \(no heartbeat\)/);
    assert.match(reason({ state: 'closed', closure: { code: 4502, reason: 'forbidden' } }), /ended this session \(4502 forbidden\)/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionStatus, feedStatus, frozenReason, StatusView } from '../../../webapp/js/status.js';

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

/** A view of a connection, with a clock and a newest row that a test sets. */
function view(world) {
    const element = () => ({ dataset: {}, hidden: false, textContent: '', classList: { toggle() {} } });
    const elements = Object.fromEntries(['state', 'feed', 'phase', 'banner', 'announcer', 'content'].map((name) => [name, element()]));
    const market = { synchronised: true, size: 1, newest: (before) => (world.newest <= before ? world.newest : -Infinity) };
    return { status: new StatusView(world, market, elements, () => world.now), banner: elements.banner };
}

test('prices are frozen as of what was heard last, and never before the newest row', () => {
    const noon = new Date(2026, 0, 15, 12, 0, 0).getTime();
    const frozenAt = (newest) => {
        const world = { state: 'live', now: noon, newest };
        const { status, banner } = view(world);
        status.heard();
        // Nothing comes any more, and that is noticed late.
        world.now = noon + 12_000;
        status.draw();
        assert.equal(banner.hidden, true);
        Object.assign(world, { state: 'waiting', closure: { code: 0, reason: 'no heartbeat' }, retryInMs: 1_000 });
        status.draw();
        world.now += 5_000;
        status.heard();
        status.draw();
        return banner.textContent.match(/as of (.*?)\. /)[1];
    };
    assert.equal(frozenAt(noon - 3_000), '12:00:00');
    assert.equal(frozenAt(noon + 1_500), '12:00:01');
    assert.equal(frozenAt(noon + 86_400_000), '12:00:00');
});

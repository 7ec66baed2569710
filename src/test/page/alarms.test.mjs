import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Alarms } from '../../../webapp/js/alarms.js';

function world() {
    const client = new EventTarget();
    let rules = [];
    client.alerts = {
        list: () => rules,
        add: async (rule) => rules.push({ key: rules.length + 1, ...rule }),
        remove: async (key) => (rules = rules.filter((rule) => rule.key !== key)),
    };
    const shown = [];
    const alarms = new Alarms(client, { show: (cause, text) => shown.push([cause, text]) });
    let changes = 0;
    alarms.addEventListener('change', () => changes++);
    return { client, alarms, shown, changes: () => changes };
}

const rule = { symbol: 'AAPL', field: 'last', op: 'above', value: 190.125 };

test('alerts are listed by their symbol, and removed', async () => {
    const { alarms, changes } = world();
    await alarms.set(rule);
    await alarms.set({ ...rule, symbol: 'MSFT' });
    assert.deepEqual(alarms.of('AAPL'), [{ key: 1, ...rule }]);
    await alarms.remove(1);
    assert.deepEqual([alarms.of('AAPL'), changes()], [[], 3]);
});

test('an alert that fires says what it was and what was reached', () => {
    const { client, shown, changes } = world();
    const ts = new Date().setHours(12, 0, 0, 0);
    client.dispatchEvent(new CustomEvent('alert', { detail: { key: 4, ...rule, reached: 190.5, seq: 7, ts } }));
    assert.deepEqual(shown, [['alert 4', 'AAPL is above 190.125: 190.5 at 12:00:00']]);
    assert.equal(changes(), 1);
});

test('one that could not be set again is named', () => {
    const { client, shown } = world();
    client.dispatchEvent(new CustomEvent('alert-refused', { detail: { key: 4, ...rule, cause: new Error('too many') } }));
    assert.deepEqual(shown, [['alert 4', '“AAPL is above 190.125” was given up: too many']]);
});

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { ProtocolError, parse } from '../../../../webapp/js/client/protocol.js';

const refuses = (text, expected) =>
    assert.throws(() => parse(text), (error) => error instanceof ProtocolError && expected.test(error.message) || assert.fail(`said: ${error.message}`));

/** The examples of docs/protocol.md, which the service's own tests hold against what it reads and writes. */
const EXAMPLES = new URL('../../resources/protocol/', import.meta.url);
const example = (name) => readFileSync(new URL(name, EXAMPLES), 'utf8');

test('each message of the document is read', () => {
    const names = readdirSync(EXAMPLES).filter((name) => name.startsWith('server-'));
    assert.ok(names.length > 15, `only ${names.length} examples`);
    for (const name of names) {
        assert.deepEqual(parse(example(name)), JSON.parse(example(name)), name);
    }
});

test('each message of a ticker conversation is read', () => {
    const conversation = [
        '{"type":"welcome","protocol":"tickerplant.v1","server":"tickerplant/0.1.0","session":"s-7","epoch":"b61f","ts":1767225600123,"heartbeat_ms":5000,"auth":"none","channels":["ticker"],"intervals":["1m"],"limits":{"symbols":10000}}',
        '{"type":"subscribed","id":2,"channel":"ticker","symbols":["AAPL"],"total":1,"rejected":[{"symbol":"APPL","code":404,"reason":"unknown_symbol","did_you_mean":["AAPL"]}]}',
        '{"type":"snapshot","channel":"ticker","ts":1767225600123.482,"end":true,"data":[{"symbol":"AAPL","seq":1042,"name":"Apple Inc.","currency":"USD","last":189.32,"bid":189.31,"ts":1767225600120.4},{"symbol":"NEW","seq":0}]}',
        '{"type":"update","channel":"ticker","ts":1767225601021,"data":[{"symbol":"AAPL","seq":1049,"n":7,"hi":189.55,"lo":189.31,"last":189.4,"bid":null,"ts":1767225601020}]}',
        '{"type":"heartbeat","ts":1767225601021,"feed":"replay","feed_age_ms":40,"market":"open","crc":2590134076}',
        '{"type":"flow","level":"conflating","reason":"slow_client","pending":37}',
        '{"type":"gap","channel":"ticker","symbol":"AAPL","from":101,"to":101,"reason":"feed"}',
        '{"type":"pong","id":9,"ts":17,"server_ts":1767225601021}',
        '{"type":"goaway","reason":"shutdown","reconnect_ms":2350}',
        '{"type":"error","id":2,"code":400,"reason":"invalid_field","message":"max_rate must be between 0.1 and 50","field":"max_rate","retry":false}',
    ];
    for (const text of conversation) {
        assert.deepEqual(parse(text), JSON.parse(text));
    }
});

test('unknown types and fields are left to later versions', () => {
    assert.equal(parse('{"type":"weather","degrees":"many"}').type, 'weather');
    assert.equal(parse('{"type":"toString"}').type, 'toString');
    assert.equal(parse('{"type":"goaway","reason":"shutdown","reconnect_ms":1,"colour":"blue"}').colour, 'blue');
    assert.equal(parse('{"type":"update","channel":"weather","data":[{"seq":1,"last":"rainy"}]}').channel, 'weather');
});

test('what is no message is refused', () => {
    refuses('', /not JSON/);
    refuses('{"type":"pong"', /not JSON/);
    refuses('[]', /message must be an object/);
    refuses('null', /message must be an object/);
    refuses('{}', /message\.type must be a string/);
    refuses(new ArrayBuffer(2), /text message/);
});

test('a wrong field is named with what was expected', () => {
    refuses('{"type":"welcome","session":"s","epoch":"e","ts":1,"heartbeat_ms":0}', /welcome\.heartbeat_ms must be an integer of at least 1/);
    refuses('{"type":"heartbeat","ts":1,"feed":"asleep"}', /heartbeat\.feed must be one of live, stale, replay, down/);
    refuses('{"type":"update","channel":"ticker","data":[{"symbol":"A","seq":1},{"symbol":"A","seq":2,"last":"9"}]}', /update\.data\[1\]\.last must be a finite number/);
    refuses('{"type":"update","channel":"ticker","data":[{"symbol":"A","seq":2,"last":1e999}]}', /\.last must be a finite number/);
    refuses('{"type":"update","channel":"ticker","data":[{"symbol":"<b>","seq":2}]}', /\.symbol must be a symbol/);
    refuses('{"type":"update","channel":"ticker","data":[{"symbol":"A","seq":2,"n":0}]}', /\.n must be an integer of at least 1/);
    refuses('{"type":"snapshot","channel":"ticker","data":[{"symbol":"A","seq":-1}]}', /\.seq must be an integer of at least 0/);
    refuses('{"type":"snapshot","channel":"ticker","data":[{"symbol":"A","seq":1,"last":null}]}', /\.last must be a finite number/);
    refuses('{"type":"snapshot","channel":"ticker","data":{}}', /\.data must be a list/);
});

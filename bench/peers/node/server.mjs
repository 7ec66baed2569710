// Node with ws, as its documentation broadcasts: PORT SYMBOL_FILE SYMBOLS EVENTS_PER_SECOND
import { readFileSync } from 'node:fs';
import { WebSocketServer, WebSocket } from 'ws';

const [port, file, symbols, rate] = process.argv.slice(2);
const names = readFileSync(file, 'utf8').split('\n').slice(0, Number(symbols));
const bids = names.map((_, i) => 10_000 + ((i * 7919) % 40_000));
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), path: '/ws', perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const text = data.toString();
    const wanted = new Set(text.split(','));
    socket.follows = names.map((name) => text === '*' || wanted.has(name));
  });
});

const start = performance.now();
const startMillis = Date.now();
let count = 0;

function tick() {
  const symbol = count % names.length;
  const round = Math.floor(count / names.length);
  bids[symbol] += ((round * 7 + symbol) % 5) - 2;
  const row =
    `{"symbol":"${names[symbol]}","seq":${round + 1},"bid":${(bids[symbol] / 100).toFixed(2)},` +
    `"bid_size":${((symbol % 9) + 1) * 100},"ask":${((bids[symbol] + 3) / 100).toFixed(2)},` +
    `"ask_size":${((symbol % 7) + 1) * 100},"ts":${(startMillis + (count / rate) * 1000).toFixed(3)}}`;
  for (const client of server.clients) {
    // What a client leaves unread isn't kept for it beyond a megabyte.
    if (client.follows?.[symbol] && client.readyState === WebSocket.OPEN && client.bufferedAmount < 1_048_576) {
      client.send(row);
    }
  }
  count++;
}

// A timer of Node is no finer than a millisecond, so what is due is told at the next one; a part at a time, so that
// clients are heard of even when it is late.
function pass() {
  const due = ((performance.now() - start) / 1000) * rate;
  for (let i = 0; count < due && i < 64; i++) tick();
  if (count < due) setImmediate(pass);
  else setTimeout(pass, 1);
}
if (Number(rate) > 0) pass();

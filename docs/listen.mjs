// node --experimental-websocket docs/listen.mjs CHANNEL SYMBOL... prints what the service on port 8080 says about them.
const [channel, ...symbols] = process.argv.slice(2);
const socket = new WebSocket('ws://127.0.0.1:8080/ws/ticker', 'tickerplant.v1');
socket.onopen = () => socket.send(JSON.stringify({ type: 'subscribe', id: 1, channel, symbols }));
socket.onmessage = ({ data }) => console.log(data);
process.stdout.on('error', () => process.exit()); // whoever reads it, such as head, has had enough
socket.onclose = ({ code, reason }) => console.log(`closed with ${code} ${reason}`);

/** The socket's address beside a page, wherever the page is deployed. */
export function socketAddress(base) {
    const address = new URL('ws/ticker', base);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.search = '';
    address.hash = '';
    return address.href;
}

/** The same address with a token in its query. */
export function withToken(address, token) {
    const url = new URL(address);
    url.searchParams.set('token', token);
    return url.href;
}

"""Abuses the web server at a URL and says what was not refused: abuse.py https://127.0.0.1:8443

While connections from 127.0.0.1 are silent, slow or broken, a client at 127.0.0.2 is served. Exits 1 on the first
thing that is not as it should be.
"""
import http.client
import socket
import ssl
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

where = urlsplit(sys.argv[1])
address = (where.hostname, where.port)
tls = ssl.create_default_context()
tls.check_hostname = False
tls.verify_mode = ssl.CERT_NONE
HOST = b"Host: x\r\n"
NEXT = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
checks = 0


def check(good, what):
    global checks
    checks += 1
    if not good:
        sys.exit("abuse: " + what)


def connect(source="127.0.0.1", handshake=True):
    plain = socket.create_connection(address, timeout=30, source_address=(source, 0))
    return tls.wrap_socket(plain) if handshake else plain


def said(data, source="127.0.0.1"):
    """Everything the server says to these bytes before it closes."""
    out = b""
    with connect(source) as wire:
        try:
            wire.sendall(data)
        except (ConnectionError, ssl.SSLError):
            pass  # it has heard enough; what it answered can still be read
        try:
            while piece := wire.recv(65536):
                out += piece
        except (ConnectionError, ssl.SSLError):
            pass
    return out


def another_client_is_served(during):
    began = time.time()
    answer = said(b"GET /login HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", "127.0.0.2")
    took = time.time() - began
    check(answer.startswith(b"HTTP/1.1 200 "), f"another client is not served during {during}: {answer[:60]!r}")
    check(took < 5, f"another client waits {took:.1f} s during {during}")


def refused(name, data, status=b"400"):
    answer = said(data)
    check(answer.startswith(b"HTTP/1.1 " + status), f"{name}: {answer[:80]!r}")
    check(answer.count(b"HTTP/1.1 ") == 1, f"{name}: answered more than once")
    check(b"Connection: close\r\n" in answer, f"{name}: not closed")


def requests():
    post = b"POST /login HTTP/1.1\r\n" + HOST
    chunked = post + b"Transfer-Encoding: chunked\r\n\r\n"
    refused("CL + TE", post + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG" + NEXT[1:])
    refused("CL twice", post + b"Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc" + NEXT)
    refused("CL twice, zero first", post + b"Content-Length: 0\r\nContent-Length: 3\r\n\r\nabc" + NEXT)
    refused("CL +3", post + b"Content-Length: +3\r\n\r\nabc" + NEXT)
    refused("CL -1", post + b"Content-Length: -1\r\n\r\nabc" + NEXT)
    refused("CL 3x", post + b"Content-Length: 3x\r\n\r\nabc" + NEXT)
    refused("CL huge", post + b"Content-Length: 99999999999999999999999\r\n\r\nabc" + NEXT, b"413")
    refused("TE : chunked", post + b"Transfer-Encoding : chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + NEXT)
    refused("TE xchunked", post + b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc" + NEXT)
    refused("TE gzip, chunked", post + b"Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + NEXT)
    refused("chunk size -1", chunked + b"-1\r\nabc\r\n0\r\n\r\n" + NEXT)
    refused("chunk extension", chunked + b"3;x=y\r\nabc\r\n0\r\n\r\n" + NEXT)
    refused("chunk trailer", chunked + b"3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n" + NEXT)
    refused("chunk of 128 MiB", chunked + b"8000000\r\n", b"413")
    refused("bare LF", b"GET /login HTTP/1.1\nHost: x\n\n")
    refused("no Host", b"GET /login HTTP/1.1\r\n\r\n" + NEXT)
    refused("HTTP/9.9", b"GET /login HTTP/9.9\r\n" + HOST + b"\r\n" + NEXT)
    refused("garbage", b"\x16\x03\x01\x00\xa5\x01\x00")
    refused("NUL in a field", b"GET /login HTTP/1.1\r\n" + HOST + b"A: b\x00c\r\n\r\n" + NEXT)
    refused("GET with a body", b"GET /login HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc" + NEXT)
    refused("DELETE", b"DELETE /login HTTP/1.1\r\n" + HOST + b"\r\n" + NEXT, b"405")
    fields = b"".join(b"X-%d: y\r\n" % i for i in range(100000))
    refused("100,000 fields", b"GET /login HTTP/1.1\r\n" + HOST + fields + b"\r\n", b"431")
    refused("a field of 1 MB", b"GET /login HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 1000000 + b"\r\n\r\n", b"431")
    refused("a path of 100 KB", b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", b"431")

    for size in (b"0x3", b"+3", b" 3", b"3 ", b"3_", b"", b"00000000000000003", b"3\x0b", b"g"):
        refused(f"chunk size {size!r}", chunked + size + b"\r\nabc\r\n0\r\n\r\n" + NEXT)
    refused("a chunk longer than it says", chunked + b"2\r\nabc\r\n0\r\n\r\n" + NEXT)
    refused("a chunk that ends in LF", chunked + b"3\nabc\r\n0\r\n\r\n" + NEXT)
    for coding in (b"chunked, chunked", b"chunked\r\nTransfer-Encoding: chunked", b"\x0bchunked", b"identity", b"chunked;q=1", b"\xc3\xa7hunked"):
        refused(f"TE {coding!r}", post + b"Transfer-Encoding: " + coding + b"\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + NEXT)
    for length in (b"3, 3", b"0x3", b"3.0", b"", b"\xef\xbc\x93", b"3 3"):
        refused(f"CL {length!r}", post + b"Content-Length: " + length + b"\r\n\r\nabc" + NEXT)
    get = b"GET /login HTTP/1.1\r\n"
    for field in (b"Host: y\r\n", b"X: a\r\n b\r\n", b"X : a\r\n", b"X\x00: a\r\n", b"X: a\rB: c\r\n", b": a\r\n", b"X\r\n", b" X: a\r\n"):
        refused(f"the field {field!r}", get + HOST + field + b"\r\n" + NEXT)
    for host in (b"a@b", b"a/b", b"a b", b"a,b", b"a\\b", b"<x>"):
        refused(f"Host {host!r}", get + b"Host: " + host + b"\r\n\r\n" + NEXT)
    for line in (b"GET /login HTTP/1.0", b"GET /login  HTTP/1.1", b"GET\t/login HTTP/1.1", b"GET /login", b"get /login HTTP/1.1 x",
                 b"GET http://evil.example/login HTTP/1.1", b"GET login HTTP/1.1", b"GET /%2e%2e/etc HTTP/1.1", b"GET /a%2Fb HTTP/1.1", b"GET /\xff HTTP/1.1",
                 b"GET /login#x HTTP/1.1", b"GET /%00 HTTP/1.1", b"GET //login HTTP/1.1"):
        answer = said(line + b"\r\n" + HOST + b"Connection: close\r\n\r\n")
        check(answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1 ") == 1, f"{line!r}: {answer[:80]!r}")
    answer = said(chunked + b"3\r\nabc\r\n0\r\n\r\n" + NEXT)
    check(answer.count(b"HTTP/1.1 ") == 2, f"an unread chunked body: {answer[:200]!r}")
    answer = said(post + b"Content-Length: %d\r\n\r\n" % len(NEXT) + NEXT + b"GET /login HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    check(answer.count(b"HTTP/1.1 ") == 2 and b"HTTP/1.1 200 " in answer, f"an unread body: {answer[:200]!r}")


def headers():
    answer = said(b"GET /login HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    for field in (b"Content-Security-Policy: default-src 'none'; ", b"Strict-Transport-Security: ", b"X-Content-Type-Options: nosniff",
                  b"Cache-Control: no-store", b"; Secure; HttpOnly; SameSite=Strict"):
        check(field in answer, f"{field!r} is missing")
    check(b"<script" not in answer, "a page has a script")


def transport():
    def stock(*options):
        return subprocess.run(["openssl", "s_client", "-connect", "%s:%d" % address, *options], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=20, check=False).stdout
    check("Cipher is (NONE)" in stock("-tls1_1", "-cipher", "ALL:@SECLEVEL=0"), "TLS 1.1 is spoken")
    check("ECDHE" in stock("-tls1_2"), "TLS 1.2 is not spoken")
    modern = stock("-tls1_3", "-alpn", "h2,http/1.1")
    check("TLSv1.3" in modern and "ALPN protocol: http/1.1" in modern, "TLS 1.3 with ALPN http/1.1 is not spoken")
    plain = connect(handshake=False)
    plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    try:
        check(b"HTTP/1." not in plain.recv(1000), "plain HTTP is answered")
    except ConnectionError:
        pass


def ends(wire):
    """Whether the server closes the connection within half a minute."""
    try:
        while wire.recv(65536):
            pass
    except (ConnectionError, ssl.SSLError):
        return True
    except TimeoutError:
        return False
    return True


def silence():
    silent = [connect(handshake=False) for _ in range(30)]
    another_client_is_served("30 silent connections")
    extra = [connect(handshake=False) for _ in range(10)]
    check(sum(ends(wire) for wire in extra[-5:]) == 5, "one address may hold 40 connections")
    check(all(ends(wire) for wire in silent), "a silent connection is kept")


def drip(begin, byte, kept):
    try:
        with connect() as wire:
            wire.sendall(begin)
            for _ in range(60):
                wire.sendall(byte)
                time.sleep(0.5)
        kept.append(begin)
    except OSError:
        pass


def slowness():
    kept, slow = [], []
    for begin, byte in ((b"GET /login HTTP/1.1\r\n" + HOST + b"X-A: ", b"a"), (b"", b"G"),
                        (b"POST /login HTTP/1.1\r\n" + HOST + b"Content-Length: 100000\r\n\r\n", b"a"),
                        (b"POST /login HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n")):
        slow += [threading.Thread(target=drip, args=(begin, byte, kept)) for _ in range(5)]
    for thread in slow:
        thread.start()
    for _ in range(5):
        time.sleep(1)
        another_client_is_served("20 slow connections")
    for thread in slow:
        thread.join()
    check(not kept, f"{len(kept)} slow connections were kept for half a minute")


def keep_alive():
    client = http.client.HTTPSConnection(*address, context=tls, timeout=20)
    for _ in range(3):
        client.request("GET", "/login")
        answer = client.getresponse()
        check(answer.status == 200 and answer.read(), "keep-alive does not work")
    began = time.time()
    check(ends(client.sock) and time.time() - began < 9, "an idle connection is kept")


for story in (requests, headers, transport, keep_alive, silence, slowness):
    story()
another_client_is_served("nothing")
print(f"{checks} checks")

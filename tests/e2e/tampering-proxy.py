#!/usr/bin/env python3
"""A server that lies, for s06-remote.sh: passes everything on to the real one, but asks there for another deed than its visitor did.

usage: tampering-proxy.py URL CERTIFICATE KEY WAS BECOMES    prints its own URL when ready; in each form WAS becomes BECOMES.
"""
import http.client
import http.server
import ssl
import sys

url, certificate, key, was, becomes = sys.argv[1:]
real = url.removeprefix("https://")

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).replace(was.encode(), becomes.encode())
        fields = {name: value for name, value in self.headers.items() if name not in ("Host", "Origin", "Content-Length")}
        if body:
            fields["Origin"] = url
        there = http.client.HTTPSConnection(real, context=ssl._create_unverified_context())
        there.request(self.command, self.path, body or None, fields)
        answer = there.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name in ("Set-Cookie", "Location", "Content-Type"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = pass_on

    def log_message(self, *_): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print("https://127.0.0.1:%d" % server.server_port, flush=True)
server.serve_forever()

#!/usr/bin/env python3
"""A time-stamping authority after RFC 3161 for the stories: stock `openssl ts` behind HTTP.

usage: tsa.py FOLDER   makes its keys, prints its URL when ready; FOLDER/tsa-ca.pem is whom to trust. A file FOLDER/down: 503.
"""
import http.server
import pathlib
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(exist_ok=True)
(folder / "serial").write_text("01\n")
(folder / "tsa.cnf").write_text("""
[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = tsa-ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:TRUE
[leaf]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
""")

def openssl(words, **more):
    return subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True, **more).stdout

key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
openssl(f"req -x509 {key} -keyout ca.key -subj /CN=TSA-CA -days 3650 -config tsa.cnf -extensions ca -out tsa-ca.pem")
openssl(f"req -new {key} -keyout tsa.key -subj /CN=TSA -config tsa.cnf -out tsa.csr")
openssl("x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile tsa.cnf -extensions leaf -out tsa.pem")

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        down = (folder / "down").exists() or self.headers["Content-Type"] != "application/timestamp-query"
        body = b"" if down else openssl("ts -reply -config tsa.cnf -queryfile query")
        self.send_response(503 if down else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_): pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print("http://127.0.0.1:%d/" % server.server_port, flush=True)
server.serve_forever()

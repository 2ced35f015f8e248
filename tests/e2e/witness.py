#!/usr/bin/env python3
"""A witness after c2sp.org/tlog-witness for the stories: keeps the last checkpoint of one log and cosigns what extends it.

usage: witness.py FOLDER LOG_VERIFIER_KEY   prints URL and verifier key when ready; FOLDER keeps key and state.
A file FOLDER/down makes it answer 503.
"""
import base64
import http.server
import importlib.util
import pathlib
import struct
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve()
spec = importlib.util.spec_from_file_location("verify_log", here.parents[2] / "scripts/verify-log.py")
verify_log = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify_log)

folder, log_key = pathlib.Path(sys.argv[1]), sys.argv[2]
folder.mkdir(exist_ok=True)
name = "witness.example/story"
pem, state = folder / "key.pem", folder / "state"

def openssl(words, **more):
    return subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True, **more).stdout

if not pem.exists():
    openssl("genpkey -algorithm ed25519 -out key.pem")
public = b"\x04" + openssl("pkey -in key.pem -pubout -outform DER")[-32:]
key_id = verify_log.sha(name.encode(), b"\n", public)[:4]

def cosign(text):
    now = int(time.time())
    (folder / "message").write_bytes(b"cosignature/v1\ntime %d\n" % now + text)
    signature = openssl("pkeyutl -sign -inkey key.pem -rawin -in message")
    line = base64.b64encode(key_id + struct.pack(">Q", now) + signature).decode()
    return "\u2014 %s %s\n" % (name, line)

def add_checkpoint(body):
    head, _, note = body.partition(b"\n\n")
    first, *proof = head.decode().split("\n")
    old = int(first.removeprefix("old "))
    size, root = (state.read_text().split() + [""])[:2] if state.exists() else ("0", "")
    size, root = int(size), base64.b64decode(root) or verify_log.sha()
    try:
        _, new_size, new_root = verify_log.checkpoint(note, log_key)
    except verify_log.Bad:
        return 403, ""
    if old != size:
        return 409, "%d\n" % size
    if not verify_log.continues(size, new_size, root, new_root, [base64.b64decode(h) for h in proof]):
        return 422, ""
    state.write_text("%d %s" % (new_size, base64.b64encode(new_root).decode()))
    return 200, cosign(note[:note.rindex(b"\n\n") + 1])

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = (503, "") if (folder / "down").exists() else add_checkpoint(body)
        with (folder / "answers").open("a") as answers:
            answers.write("%s %d\n" % (self.path, status))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_): pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print("http://127.0.0.1:%d/log" % server.server_port,
      "%s+%s+%s" % (name, key_id.hex(), base64.b64encode(public).decode()), flush=True)
server.serve_forever()

#!/usr/bin/env python3
"""檢驗稽核日誌 Verifies an audit log with nothing of Vermilion: python3 and openssl are enough.

用法 Usage: verify-log.py 日誌資料夾 LOG_FOLDER  驗證金鑰 VERIFIER_KEY  [序號 INDEX]
            verify-log.py 證明 PROOF.json        驗證金鑰 VERIFIER_KEY  [舊查核點 OLD_CHECKPOINT]
結果 Exit code: 0 相符 good, 1 不符 something differs (it is named), 2 用法錯誤 usage.

Checks the signature on the checkpoint, recomputes every hash from the entries up, compares each with the tiles
and the root, and for INDEX prints the entry and its inclusion proof, verified. A PROOF is what `log proof` prints: that an
entry is in the log of its checkpoint, or (--from) that this log continues the one of OLD_CHECKPOINT.
Formats: RFC 6962, c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint, c2sp.org/signed-note.
"""
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

WIDTH = 256

class Bad(Exception): pass

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def node(left, right):
    return sha(b"\x01", left, right)

def root_of(hashes):  # RFC 6962 section 2.1, over leaf hashes
    if len(hashes) < 2:
        return hashes[0] if hashes else sha()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root_of(hashes[:split]), root_of(hashes[split:]))

def path_in(index, hashes):
    if len(hashes) == 1: return []
    split = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:split], hashes[split:]
    return path_in(index, left) + [root_of(right)] if index < split else path_in(index - split, right) + [root_of(left)]

def holds(leaf, index, size, proof, root):  # RFC 9162 section 2.1.3.2
    fn, sn, h = index, size - 1, leaf
    for p in proof:
        if sn == 0: return False
        if fn & 1 or fn == sn:
            h = node(p, h)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            h = node(h, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and h == root

def continues(old, size, old_root, root, proof):  # RFC 9162 section 2.1.4.2
    if old in (0, size):
        return not proof and old_root == (root if old else sha())
    path = ([old_root] if old & (old - 1) == 0 else []) + proof
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if old > size or not path: return False
    a = b = path[0]
    for p in path[1:]:
        if sn == 0: return False
        if fn & 1 or fn == sn:
            a, b = node(p, a), node(p, b)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            b = node(b, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and a == old_root and b == root

def part(folder, kind, number, total):  # one tile or bundle: its name, how many it holds, its bytes
    width = min(WIDTH, total - number * WIDTH)
    text = "%03d" % (number % 1000)
    while number >= 1000:
        number //= 1000
        text = "x%03d/%s" % (number % 1000, text)
    name = "tile/%s/%s%s" % (kind, text, "" if width == WIDTH else ".p/%d" % width)
    return name, width, (folder / name).read_bytes()

def checkpoint(note, key_text):
    name, key_id, key = key_text.split("+", 2)
    raw = base64.b64decode(key)
    if raw[:1] != b"\x01" or sha(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise Bad("驗證金鑰不正確 the verifier key is malformed")
    text, _, lines = note.decode().rpartition("\n\n")
    for line in lines.splitlines():
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature)
        if (dash, signer, signature[:4].hex()) == ("\u2014", name, key_id):
            with tempfile.TemporaryDirectory() as made:
                spki = bytes.fromhex("302a300506032b6570032100") + raw[1:]
                for file, data in ("key", spki), ("text", (text + "\n").encode()), ("sig", signature[4:]):
                    (pathlib.Path(made) / file).write_bytes(data)
                words = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile sig"
                if subprocess.run(words.split(), cwd=made, capture_output=True).returncode == 0:
                    origin, size, root = text.split("\n")[:3]
                    return origin, int(size), base64.b64decode(root)
    raise Bad("checkpoint: 沒有此金鑰的有效簽章 no valid signature of this key")

def verify(folder, key, index):
    origin, size, root = checkpoint((folder / "checkpoint").read_bytes(), key)
    leaves, entry = [], b""
    for n in range(-(-size // WIDTH)):
        name, width, data = part(folder, "entries", n, size)
        at = 0
        for i in range(n * WIDTH, n * WIDTH + width):
            end = at + 2 + int.from_bytes(data[at:at + 2], "big")
            leaves.append(sha(b"\x00", data[at + 2:end]))
            entry = data[at + 2:end] if i == index else entry
            at = end
        if at != len(data):
            raise Bad("%s: 檔案不完整 truncated or malformed" % name)
    level, hashes, wrong = 0, leaves, []
    while hashes:
        for n in range(-(-len(hashes) // WIDTH)):
            name, width, data = part(folder, level, n, len(hashes))
            if data != b"".join(hashes[n * WIDTH:n * WIDTH + width]):
                wrong.append(name)
        hashes = [root_of(hashes[n * WIDTH:(n + 1) * WIDTH]) for n in range(len(hashes) // WIDTH)]
        level += 1
    if root_of(leaves) != root:
        raise Bad("紀錄或檢查點 entries or checkpoint: %s" % [w.replace("/0/", "/entries/", 1) for w in wrong])
    if wrong:
        raise Bad("雜湊檔 tiles: %s" % wrong)
    print("相符 good: %s, %d 筆 entries, root %s" % (origin, size, base64.b64encode(root).decode()))
    if index is not None:
        proof = path_in(index, leaves) if index < size else None
        if proof is None or not holds(leaves[index], index, size, proof, root):
            raise Bad("序號 %d 不在日誌內 is not in the log" % index)
        print("%d: %s" % (index, entry.decode("utf-8", "replace")), *(h.hex() for h in proof), sep="\n")

def verify_proof(file, key, old_note):
    proof = json.loads(file.read_bytes())
    origin, size, root = checkpoint(proof["checkpoint"].encode(), key)
    hashes = [base64.b64decode(h, validate=True) for h in proof["hashes"]]
    if "index" in proof:
        entry = base64.b64decode(proof["entry"], validate=True)
        if proof["index"] >= size or not holds(sha(b"\x00", entry), proof["index"], size, hashes, root):
            raise Bad("不在日誌內 the entry is not in this log")
        print("相符 good: %s, %d / %d: %s" % (origin, proof["index"], size, entry.decode()))
    elif old_note is None:
        raise Bad("須附舊查核點 give the old checkpoint too")
    else:
        old_origin, old, old_root = checkpoint(pathlib.Path(old_note).read_bytes(), key)
        if old_origin != origin or proof["from"] != old or not continues(old, size, old_root, root, hashes):
            raise Bad("不是同一日誌的延續 this log does not continue the old one")
        print("相符 good: %s, %d -> %d" % (origin, old, size))

if __name__ == "__main__":
    first, *rest = [pathlib.Path(a) for a in sys.argv[1:2]] + sys.argv[2:] or [None]
    if len(rest) not in (1, 2) or first.is_dir() and not "".join(rest[1:] or "0").isdecimal():
        sys.exit(print(__doc__, file=sys.stderr) or 2)
    try:
        if first.is_dir():
            verify(first, rest[0], int(rest[1]) if rest[1:] else None)
        else:
            verify_proof(first, rest[0], rest[1] if rest[1:] else None)
    except (Bad, OSError, ValueError, IndexError, KeyError, TypeError) as problem:
        sys.exit(print("不符 NOT GOOD:", problem) or 1)

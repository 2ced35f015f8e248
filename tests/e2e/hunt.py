"""Where a word stands in a store: hunt.py STORE WORD prints "<holder> <count>" for each holder.

Looks with the same code for any word: raw bytes of every file beside the store too, every object of both git repositories, a
dump of every database, the terms and document data of the search index (the word's bigrams too), the text of every PDF. Words are
looked for in UTF-8, UTF-16 and as hexadecimal digits.
"""
import os
import subprocess
import sys
import tempfile

store, word = sys.argv[1], sys.argv[2]
FORMS = [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le"),
         word.encode().hex().encode(), word.encode().hex().upper().encode()]


def count(data):
    return sum(data.count(form) for form in FORMS)


def run(*command, stdin=None):
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


def files(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(place, name)


def pdf_text(data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        inflated = run("qpdf", "--qdf", "--stream-data=uncompress", file.name, "-")
        return run("pdftotext", file.name, "-").replace(b"\n", b"") + inflated


def git_objects(repository):
    """Every object there is, reachable or not: (type, content)."""
    listed = run("git", "-C", repository, "cat-file", "--batch-all-objects", "--batch")
    at = 0
    while at < len(listed):
        end = listed.index(b"\n", at)
        _, kind, size = listed[at:end].split()
        yield kind, listed[end + 1:end + 1 + int(size)]
        at = end + 2 + int(size)


def data_of(folder, numbers):
    """One number that has no document fails the whole call, so its half is asked again in halves."""
    if not numbers:
        return b""
    asked = [word for number in numbers for word in ("-r", str(number))]
    found = subprocess.run(["xapian-delve", *asked, "-d", folder], capture_output=True)
    if found.returncode == 0 or len(numbers) == 1:
        return found.stdout
    half = len(numbers) // 2
    return data_of(folder, numbers[:half]) + data_of(folder, numbers[half:])


def index_text(folder):
    """All terms, then the data of every document."""
    terms = run("xapian-delve", "-a", "-1", folder)
    last = [l for l in run("xapian-delve", folder).decode().splitlines() if "highest document id" in l]
    data = b""
    numbers = range(1, int(last[0].split("=")[1]) + 1) if last else []
    return terms, data_of(folder, numbers)


counts = dict.fromkeys(["file", "git", "database", "index", "bigram", "pdf"], 0)
pdfs = []
for beside in [store, store + ".tls"]:
    for path in files(beside):
        data = open(path, "rb").read()
        counts["file"] += count(data) + count(os.path.relpath(path, beside).encode())
        if data.startswith(b"%PDF"):
            pdfs.append(data)
        if data.startswith(b"SQLite format 3"):
            counts["database"] += count(run("sqlite3", "-readonly", path, ".dump"))
for repository in ["evidence.git", "drafts.git"]:
    for _, content in git_objects(os.path.join(store, repository)):
        counts["git"] += count(content)
        if content.startswith(b"%PDF"):
            pdfs.append(content)
for pdf in pdfs:
    counts["pdf"] += count(pdf_text(pdf))
index = os.path.join(store, "index", "search")
for generation in sorted(os.listdir(index)) if os.path.isdir(index) else []:
    folder = os.path.join(index, generation)
    if not os.path.isdir(folder) or not os.path.exists(os.path.join(folder, "iamglass")):
        continue
    terms, data = index_text(folder)
    counts["index"] += count(terms) + count(data)
    lines = terms.decode(errors="replace").splitlines()
    bigrams = [word[i:i + 2] for i in range(len(word) - 1)]
    counts["bigram"] += sum(any(b in line for b in bigrams) for line in lines)
for holder, found in counts.items():
    print(holder, found)

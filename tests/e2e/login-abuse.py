"""What an attacker sends to the sign-in: login-abuse.py URL KEYS [NAUGHTY STRINGS as JSON]

Everything typed gets one and the same answer; forms that are none, or come from elsewhere, do nothing; medians of failures of every kind are alike.
Exits 1 on the first thing that is not as it should be.
"""
import http.client
import json
import re
import ssl
import statistics
import sys
import time
from urllib.parse import quote, urlsplit

where = urlsplit(sys.argv[1])
keys = sys.argv[2]
tls = ssl.create_default_context()
tls.check_hostname = False
tls.verify_mode = ssl.CERT_NONE
checks = 0


def check(good, what):
    global checks
    checks += 1
    if not good:
        sys.exit("login-abuse: " + what)


def ask(method, path, body=b"", more={}):
    """Status, fields and body; on a connection of its own."""
    wire = http.client.HTTPSConnection(where.hostname, where.port, context=tls, timeout=60)
    try:
        wire.request(method, path, body if method == "POST" else None, more)
    except (ConnectionError, ssl.SSLError):
        return 413, {}, b""  # it has heard enough, and ended the connection; http-abuse.sh reads what it says then
    answer = wire.getresponse()
    text = answer.read()
    wire.close()
    return answer.status, answer.headers, text


def field(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"'.encode(), text).group(1).decode()


_, head, page = ask("GET", "/login")
token = field(page, "form_token")
cookie = "__Host-vermilion-login=" + token
ours = {"Cookie": cookie, "Origin": sys.argv[1], "Content-Type": "application/x-www-form-urlencoded"}


def form(**fields):
    return "&".join(f"{name}={value if isinstance(value, str) else quote(value)}" for name, value in fields.items()).encode()


def sign_in(account, password, code=b"", more={}):
    return ask("POST", "/login", form(form_token=token, next=b"/", account=account, password=password, code=code), {**ours, **more})


def text_of(answer):
    status, head, body = answer
    return status, sorted(pair for pair in head.items() if pair[0] != "Date"), body


def own(account, kind="password"):
    with open(f"{keys}/{account}.{kind}", encoding="utf-8") as file:
        return file.readline().strip().encode()


expected = text_of(sign_in(b"nobody99", b"x"))
check(expected[0] == 403, f"a failure is answered {expected[0]}")


def naughty():
    typed = [b"tsai08\0", b"tsai08\0wu06", b"\0", b"A" * 80_000, "林".encode() * 9_000, b"TSAI08", b" tsai08 ", b"tsai08\r\nX-A: b",
             "ｔｓａｉ０８".encode(), b"../people/tsai08", b"' OR '1'='1", b"*)(uid=*))(|(uid=*", b"${jndi:ldap://x}", b"%s%n", b"local", b"system"]
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as file:
            typed += [text.encode() for text in json.load(file)[::5]]  # each costs an Argon2
    for text in typed:
        got = text_of(sign_in(text, text, text))
        # NUL is no text: such a form is refused before anybody is looked up.
        check(got[0] == 400 if b"\0" in text else got == expected, f"told apart: {got[0]} {text[:60]!r}")
    for broken in ("%ff", "%e6%9e", "%zz", "%", "a%0", "%ed%a0%80", "%c0%80"):
        status, _, body = sign_in(broken, broken)
        check(status == 400 and broken.encode() not in body, f"bytes that are no text: {broken} {status}")
    status, _, _ = sign_in(b"a" * 300_000, b"")
    check(status == 413, f"a form of 300 KB: {status}")
    many = b"&".join(b"x%d=1" % i for i in range(5000))
    check(ask("POST", "/login", many, ours)[0] == 400, "5000 fields are a form")


def forms_of_others():
    good = form(form_token=token, next=b"/", account=b"tsai08", password=own("tsai08"))

    def refused(what, status=403, body=good, **more):
        got = ask("POST", "/login", body, {name.replace("_", "-"): value for name, value in {**ours, **{n.replace("_", "-"): v for n, v in more.items()}}.items() if value})
        check(got[0] == status and "__Host-vermilion=" not in str(got[1]), f"{what}: {got[0]}")

    refused("another origin", Origin="https://evil.example")
    refused("no origin in it", Origin="null")
    refused("a longer origin", Origin=sys.argv[1] + ".evil.example")
    refused("plain HTTP", Origin=sys.argv[1].replace("https", "http"))
    refused("neither origin nor fetch site", Origin="")
    refused("a sister site", Sec_Fetch_Site="same-site")
    refused("no cookie", Cookie="")
    refused("another's cookie", Cookie="__Host-vermilion-login=" + "a" * 64)
    refused("a cookie of a plain name", Cookie="vermilion-login=" + token)
    refused("its Host forwarded", Origin="https://evil.example", X_Forwarded_Host="evil.example")
    # A form that is none: JSON, text and parts, all of which a foreign page may send without asking first.
    fields = {"form_token": token, "next": "/", "account": "tsai08", "password": own("tsai08").decode()}
    for kind, body in (("application/json", json.dumps(fields).encode()), ("text/plain", good), ("", good),
                       ("application/x-www-form-urlencoded; charset=utf-7", json.dumps(fields).encode()),
                       ("multipart/form-data; boundary=b", b"".join(b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (n.encode(), v.encode()) for n, v in fields.items()) + b"--b--\r\n")):
        got = ask("POST", "/login", body, {**ours, "Content-Type": kind})
        check(got[0] in (400, 403) and "__Host-vermilion=" not in str(got[1]), f"{kind}: {got[0]}")
    for name, value in (("X-HTTP-Method-Override", "POST"), ("X-Method-Override", "POST")):
        got = ask("GET", "/login?" + good.decode(), more={**ours, name: value})
        check(got[0] == 200 and "__Host-vermilion=" not in str(got[1]), f"{name} makes a POST of a GET")
    twice = b"form_token=" + b"b" * 64 + b"&" + good
    check(ask("POST", "/login", twice, ours)[0] == 403, "the second of two tokens counts")


def sessions():
    planted = "a" * 64
    status, head, _ = sign_in(b"tsai08", own("tsai08"), more={"Cookie": f"{cookie}; __Host-vermilion={planted}"})
    check(status == 303, f"no sign-in: {status}")
    session = re.search(r"__Host-vermilion=([0-9a-f]{64})", str(head)).group(1)
    check(session != planted, "a planted session was taken over")

    def opens(value):
        return ask("GET", "/documents", more={"Cookie": value})[0] == 200

    check(opens("__Host-vermilion=" + session), "the session does not open")
    for value in (f"__Host-vermilion={planted}", f"vermilion={session}", f"__Host-vermilion={session[:-1]}", f"__Host-vermilion={session}0",
                  f"__Host-vermilion={session.upper()}" if session.upper() != session else "x=y", f"__Host-vermilion=\"{session}\"",
                  f"__Host-vermilion={planted}; __Host-vermilion={session}", f"__host-vermilion={session}", "__Host-vermilion="):
        check(not opens(value), f"a session opens by {value[:40]}")
    _, _, page = ask("GET", "/documents", more={"Cookie": "__Host-vermilion=" + session})
    out = ask("POST", "/logout", form(form_token=field(page, "form_token")), {**ours, "Cookie": "__Host-vermilion=" + session})
    check(out[0] == 303 and not opens("__Host-vermilion=" + session), "a session outlives its sign-out")


def timing():
    """Failures of every kind, in turn: what one cannot see in the bytes, one shall not see in the time. The bound is wide: a busy machine must not fail it,
    while a failure that skips Argon2 takes a tenth."""
    for _ in range(5):
        sign_in(b"huang05", b"wrong")  # locks
    fresh = [b"chen01", b"lin02", b"wang03", b"fang12"]
    kinds = {"unknown": lambda i: (b"nobody%d" % i, b"wrong"), "wrong": lambda i: (fresh[i % 4], b"wrong"), "locked": lambda i: (b"huang05", b"wrong"),
             "locked, right": lambda i: (b"huang05", own("huang05")), "no account": lambda i: (b"<script>", b"wrong")}
    took = {kind: [] for kind in kinds}
    for i in range(12):  # three each of the four, which locks none of them
        for kind, typed in kinds.items():
            account, password = typed(i)
            began = time.monotonic()
            answer = sign_in(account, password)
            took[kind].append(time.monotonic() - began)
            check(text_of(answer) == expected, f"{kind} is told apart")
    medians = {kind: statistics.median(times) for kind, times in took.items()}
    shown = ", ".join(f"{kind} {1000 * median:.0f}" for kind, median in medians.items())
    check(max(medians.values()) < 3 * min(medians.values()), "medians in ms: " + shown)
    print("medians in ms: " + shown)


for story in (naughty, forms_of_others, sessions, timing):
    story()
print(f"{checks} checks")

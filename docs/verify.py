#!/usr/bin/env python3
# Checks receipts, proofs and exports (docs/ledger.md) with nothing but Python: verify.py [--key PUBLICKEY] FILE...
import base64, hashlib, hmac, json, sys

# Ed25519, RFC 8032 section 5.1, verification only.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
def add(a, b):
    A, B, C, E = (a[1]-a[0]) * (b[1]-b[0]) % P, (a[1]+a[0]) * (b[1]+b[0]) % P, 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (B-A) * (E-C) % P, (E+C) * (B+A) % P, (E-C) * (E+C) % P, (B-A) * (B+A) % P
def mul(n, p):
    q = (0, 1, 1, 0)
    for bit in f"{n:b}": q = add(add(q, q), p) if bit == "1" else add(q, q)
    return q
def point(b):
    y = int.from_bytes(b, "little"); sign, y = y >> 255, y & (1 << 255) - 1
    x2 = (y*y - 1) * pow(D*y*y + 1, P - 2, P) % P; x = pow(x2, (P + 3) // 8, P)
    if (x*x - x2) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if (x*x - x2) % P or y >= P or x == 0 and sign: wrong("no point of the curve")
    return (x, y, 1, x*y % P) if x & 1 == sign else (P - x, y, 1, (P - x)*y % P)
def signed(public, message, signature):
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    s, r, a = int.from_bytes(signature[32:], "little"), point(signature[:32]), point(public)
    left, right = mul(s, point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))), add(r, mul(h, a))
    return s < L and (left[0]*right[2] - right[0]*left[2]) % P == 0 and (left[1]*right[2] - right[1]*left[2]) % P == 0
def wrong(why): raise ValueError(why)
def leaf(data): return hashlib.sha256(b"\0" + data).digest()  # RFC 6962 section 2.1
def node(l, r): return hashlib.sha256(b"\1" + l + r).digest()
def unb64(text):
    return raw if base64.b64encode(raw := base64.b64decode(text)).decode() == text else wrong("base64 in another spelling")
def root_of_path(index, size, h, path):  # RFC 9162 section 2.1.3.2
    fn, sn = index, size - 1
    if type(index) is not int or not 0 <= index < size: wrong("there is no such entry")
    for p in path:
        if sn == 0: wrong("the proof is too long")
        if fn & 1 or fn == sn:
            h = node(p, h)
            while not fn & 1 and fn: fn, sn = fn >> 1, sn >> 1
        else: h = node(h, p)
        fn, sn = fn >> 1, sn >> 1
    return h if sn == 0 else wrong("the proof is too short")
def consistent(m, n, old, new, path):  # RFC 9162 section 2.1.4.2
    path = list(path)
    if m == n: return not path and old == new
    if m & (m - 1) == 0: path.insert(0, old)
    fn, sn = m - 1, n - 1
    while fn & 1: fn, sn = fn >> 1, sn >> 1
    fr = sr = path.pop(0)
    for p in path:
        if sn == 0: return False
        if fn & 1 or fn == sn:
            fr, sr = node(p, fr), node(p, sr)
            while not fn & 1 and fn: fn, sn = fn >> 1, sn >> 1
        else: sr = node(sr, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old and sr == new
def checkpoint(text, key):
    (name, keyhash, public), (body, sig) = key.split("+", 2), text.split("\n\n"); public = unb64(public); body += "\n"
    if public[0] != 1 or hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8] != keyhash: wrong("no key")
    if not sig.startswith(prefix := f"\u2014 {name} ") or sig[-1] != "\n": wrong("not signed with this key")
    if (raw := unb64(sig[len(prefix):-1]))[:4].hex() != keyhash or not signed(public[1:], body.encode(), raw[4:]): wrong("the signature is wrong")
    origin, size, root, _ = body.split("\n")
    return (int(size), unb64(root)) if (origin, str(int(size))) == (name, size) else wrong("another ledger's checkpoint")
def meaning(kind, side="", **_):  # of a ballot's entry, in plain words; those of earlier releases name a side
    says = "\n    a ballot of yours is counted; " + (f"it said {side}: show it to nobody" if side else "which side is not in it")
    return says if kind == "ballot" else ""
def receipt(f, key):
    size, root = checkpoint(f["checkpoint"], key)
    for e in f["entries"]:
        if len(unb64(e["salt"])) != 32: wrong("a salt has 32 bytes")
        h = leaf(hmac.new(unb64(e["salt"]), e["event"].encode(), "sha256").digest())
        if root_of_path(e["index"], size, h, map(unb64, e["proof"])) != root: wrong(f"entry {e['index']} is not there")
    return [e["event"] + meaning(**json.loads(e["event"])) for e in f["entries"]]
def export(lines, key):
    trees, size, now = [], 0, hashlib.sha256().digest()
    for line in lines[:lines.index("")]:
        h, head = map(unb64, line.split(" ")); n = size
        while n & 1: h, n = node(trees.pop(), h), n >> 1
        trees.append(h); size += 1; now = h
        for t in reversed(trees[:-1]): now = node(t, now)
        if now != head: wrong(f"entry {size - 1} is wrong")
    if checkpoint("\n".join(lines[size+1:]), key) != (size, now): wrong("the checkpoint says otherwise")
    return [f"{size} entries"]
def check(text, key):
    if text.startswith("ostrakon ledger 1 "):
        first, *lines = text.split("\n"); own = first.split(" ")[3]
        return export(lines, own) if key in ("", own) else wrong("another key")
    f = json.loads(text)
    if json.dumps(f, indent=2, ensure_ascii=False) + "\n" != text or f["version"] != 1: wrong("not as it was written")
    if key not in ("", f["key"]): wrong("another key")
    if f["ostrakon"] == "receipt": return receipt(f, f["key"])
    (m, old), (n, new) = checkpoint(f["from"], f["key"]), checkpoint(f["to"], f["key"])
    if not 0 < m <= n or not consistent(m, n, old, new, map(unb64, f["proof"])): wrong("it was rewritten")
    return [f"nothing was changed from {m} to {n}"]
args = sys.argv[1:]; key = args[1] if args[:1] == ["--key"] else ""; bad = 0
for name in args[2:] if key else args:
    try: print("fine ", name, *check(open(name, encoding="utf-8", newline="").read(), key), sep="\n  ")
    except (ValueError, KeyError, TypeError, IndexError) as why: bad = 1; print("WRONG", name, why, sep="\n  ")
sys.exit(bad)

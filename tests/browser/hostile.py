"""Writes units.csv, text.toml, round.toml and names.json whose names want to be markup, formulas or commands."""

import csv
import json
import sys
from datetime import datetime, timedelta, timezone

NAMES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]><svg/onload=alert(1)>",
    "'-alert(1)-'",
    "javascript:alert(1)",
    "{texts} ${alert(1)} {{ 7*7 }} {unit}",
    "&lt;b&gt;&amp;amp;&#60;",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    'quoted "name", with; separators',
    "كلوراهن سمارانج",
    "सेमा\u200dरांग",
    "\u0301combining first",
    "W" * 128,
    "é" * 64,
    "__proto__",
    "constructor",
]


def toml(text):
    return json.dumps(text, ensure_ascii=False)


with open("units.csv", "w", newline="", encoding="utf-8") as file:
    rows = csv.writer(file)
    rows.writerow(["unit", "parent", "kind", "name", "key", "latitude", "longitude", "timezone"])
    rows.writerow(["wil:33", "", "provinsi", "<b>bold</b>", "", "", "", ""])
    rows.writerow(["wil:33.74", "wil:33", "kota", "<script>alert(2)</script>", "", "", "", ""])
    for place, name in enumerate(NAMES, 1):
        key = sys.argv[1] if place == 2 else ""
        rows.writerow([f"wil:33.74.{place:02}", "wil:33.74", "kecamatan", name, key, "-6.98", "110.41", "Asia/Jakarta"])
with open("names.json", "w", encoding="utf-8") as file:
    json.dump({f"wil:33.74.{place:02}": name for place, name in enumerate(NAMES, 1)}, file)
with open("text.toml", "w", encoding="utf-8") as file:
    file.write('schema = "ikrar.text/1"\nid = "naskah"\nversion = 1\nlanguage = "id"\n')
    file.write(f"title = {toml('</title><script>alert(3)</script>')}\n")
    file.write(f"opening = {toml('<img src=x onerror=alert(4)>')}\n")
    file.write(f"commitments = [{toml('</td><script>alert(5)</script>')}, {toml('=1+1')}]\n")
    file.write(f"closing = {toml('<style>*{display:none}</style>')}\nsource = {toml('javascript:alert(6)')}\n")
now = datetime.now(timezone.utc)
with open("round.toml", "w", encoding="utf-8") as file:
    file.write('schema = "ikrar.round/1"\nid = "musuh"\ncadence = "annual"\nstage = "during"\n')
    file.write(f"title = {toml('</title><script>alert(7)</script>')}\n")
    file.write(f'opens = "{now - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}"\ndue = "{now + timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}"\n')
    file.write('zone = "Asia/Jakarta"\nscope = "root"\nkinds = []\nrequired = ["pledge"]\ntexts = ["naskah"]\nbases = []\n')

// node hostile.mjs KEY writes units.csv, text.toml, round.toml and names.json, whose names want to be markup, formulas or commands.
import { writeFileSync } from 'node:fs';

const [key] = process.argv.slice(2);
const NAMES = [
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
  "W".repeat(128),
  "é".repeat(64),
  "__proto__",
  "constructor",
];
// A string of JSON is one of TOML too.
const quote = JSON.stringify;
const field = (cell) => `"${cell.replaceAll('"', '""')}"`;

const named = NAMES.map((name, place) => [`wil:33.74.${String(place + 1).padStart(2, '0')}`, name]);
const rows = [
  ['unit', 'parent', 'kind', 'name', 'key', 'latitude', 'longitude', 'timezone'],
  ['wil:33', '', 'provinsi', '<b>bold</b>', '', '', '', ''],
  ['wil:33.74', 'wil:33', 'kota', '<script>alert(2)</script>', '', '', '', ''],
  ...named.map(([unit, name], place) => [unit, 'wil:33.74', 'kecamatan', name, place === 1 ? key : '', '-6.98', '110.41', 'Asia/Jakarta']),
];
writeFileSync('units.csv', rows.map((row) => `${row.map(field).join(',')}\n`).join(''));
writeFileSync('names.json', JSON.stringify(Object.fromEntries(named)));
writeFileSync('text.toml', `schema = "ikrar.text/1"
id = "naskah"
version = 1
language = "id"
title = ${quote('</title><script>alert(3)</script>')}
opening = ${quote('<img src=x onerror=alert(4)>')}
commitments = [${quote('</td><script>alert(5)</script>')}, ${quote('=1+1')}]
closing = ${quote('<style>*{display:none}</style>')}
source = ${quote('javascript:alert(6)')}
`);
const NINE_DAYS = 9 * 86_400_000;
const second = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
writeFileSync('round.toml', `schema = "ikrar.round/1"
id = "musuh"
cadence = "annual"
stage = "during"
title = ${quote('</title><script>alert(7)</script>')}
opens = "${second(Date.now() - NINE_DAYS)}"
due = "${second(Date.now() + NINE_DAYS)}"
zone = "Asia/Jakarta"
scope = "root"
kinds = []
required = ["pledge"]
texts = ["naskah"]
bases = []
`);

// Writes tests/Shortener.Tests/Core/Destinations/url-vectors.json: what a browser's URL parser makes of each of these inputs.
// Run it with node 20 or later, whose `new URL` follows the WHATWG URL standard:  node eng/url-vectors.mjs
//
// A line of the file is [input, result]: the serialised URL, null if it is refused (or neither http nor https), or
// "credentials". An input with half a surrogate pair, which JSON readers refuse, is an array of its UTF-16 code units.
// Characters newer than Unicode 12 stay out: what is made of them depends on the ICU of the machine that runs the tests.
import { writeFileSync } from 'node:fs';

const target = new URL('../tests/Shortener.Tests/Core/Destinations/url-vectors.json', import.meta.url);

const hosts = [
  'example.com', 'EXAMPLE.com', 'eXaMpLe.CoM.', 'localhost', 'a', 'a.b.c.d.e', 'a..b', '.a', '.', '..', 'a.', 'a..', '',
  '-a', 'a-', 'a--b', 'ab--c', '-', '--', '-.-', '_dmarc.example.com', 'a_b', '_', 'a!b', 'a$b', "a'b", 'a(b)', 'a*b', 'a+b',
  'a,b', 'a;b', 'a=b', 'a&b', 'a~b', 'a`b', 'a{b}', 'a"b', 'a b', ' a', 'a ', 'a<b', 'a>b', 'a^b', 'a|b', 'a[b', 'a]b', 'a%b',
  'a\u0000b', 'a\u0001b', 'a\u001fb', 'a\u007fb', 'a\tb', 'a\nb', 'a\rb', '%61', '%41', 'a%2eb', 'a%2Fb', 'a%3Ab', 'a%40b',
  'a%00b', 'a%20b', 'a%25b', 'a%2525b', 'a%zzb', 'a%', 'a%6', 'a%5b', 'a%5Cb', 'a%09b', 'a%7Fb', 'a%23b', 'a%3Fb',
  '%c3%a4', '%C3%84', '%c3', '%e4', '%ff', '%ed%a0%80', '%ef%bb%bfa', '%ef%bc%a1', '%f0%9f%98%80', '%e3%80%82a', 'a%c0%aeb',
  'a'.repeat(63) + '.com', 'a'.repeat(64) + '.com', 'a.'.repeat(140) + 'com',
];

const internationalHosts = [
  'bücher.de', 'BÜCHER.DE', 'Bücher', 'faß.de', 'straße.example', 'müller.ÖSTERREICH', 'ä.ö.ü', 'a.ä', 'ä.', 'ä..b', '.ä', 'é',
  'e\u0301', '日本語.jp', '中文.com', '한국.kr', '例え.テスト', 'ﾃｽﾄ', 'ーa', 'пример.рф', 'ПРИМЕР.РФ', 'παράδειγμα.ελ',
  'ΣΑΣ', 'ας', 'उदाहरण.परीक्षा', 'ตัวอย่าง', 'ηλεκτρο', 'ıstanbul', 'İstanbul', 'ſ', 'ﬁ.com', 'ａｂｃ.ｃｏｍ', 'ＡＢＣ', '①②', '㎅',
  '℡', '²', 'ª', 'Ǆ', 'ǅ', '𝒜𝒷', '😀', '💩.la', 'i❤.ws', '☃.net', '♥', 'a。b', 'a．b', 'a｡b', '例。com', '。', 'a。。b', 'a\u00adb',
  'ä\u00ad', 'a\u200bb', 'a\u2060b', '\ufeffä', 'a\u034fb', 'a\u180bb', 'a\u200db', 'a\u200cb', 'क\u094d\u200dष',
  'क\u094d\u200cष', '\u0301a', 'a\u0301', 'a\ufffd', 'a\uffff', 'a\ue000', '\u00ad', '\u200b', '\u2028', 'a\u0085b', 'a\u00a0b',
  'a\u3000b', '％41', '％００', '℀', '⁈', 'a⁄b', 'a／b', 'a：b', 'a？b', 'a＃b', 'a＠b', 'a［b', 'ä!b', 'ä_b', 'ä b', 'ä<b', 'ä%b',
  'ä%2eb', 'ä--b', 'ab--ä', '≠', '≮', '<\u0338', '=\u0338', 'ͺ', '\u00b8', '¨', '１２７.０.０.１', '０ｘ７ｆ．１', '127。0。0。1', '１',
  '１.ä', 'ä.１',
  'xn--', 'xn--a', 'xn--zca', 'XN--ZCA', 'Xn--4cA', 'xn--4ca', 'xn--lda', 'xn--bcher-kva.de', 'xn--fa-hia.de',
  'xn--e1afmkfd.xn--p1ai',
  'xn--ls8h.la', 'xn--i-7iq.ws', 'xn--a-ecp.ru', 'xn--99zz', 'xn--0', 'xn--9', 'xn--a-', 'a.xn--', 'a.xn--4ca', 'xn--4ca.1',
  'a.xn--a',
  'xn--ä', 'xn--iñvalid', 'xn--!', 'xn--%41', 'xn--xn---epa', 'a.xn--zca.b', 'axn--4ca', 'xn-4ca', 'xn--\u00ad',
  'xn--mgbh0fb', 'ｘｎ－－4ca',
  'שלום.com', 'אבג', 'ابج.com', 'مثال.إختبار', 'אב1', 'ا١٢', 'א-ב', 'a.אב', 'אב.גד',
].filter(host => !['xn--a-'].includes(host)); // node has taken an encoded label without non-ASCII letters; UTS #46 no longer does

const ipv4 = [
  '127.0.0.1', '0.0.0.0', '255.255.255.255', '256.0.0.1', '0.0.0.256', '1.2.3.4.', '1.2.3.4..', '1.2.3', '1.2', '1', '0',
  '1.2.3.4.5',
  '127.1', '127.65535', '127.65536', '127.0.65535', '127.0.65536', '1.16777215', '1.16777216', '4294967295', '4294967296',
  '99999999999',
  '999999999999999999999999999', '0x7f.1', '0X7F.1', '0x7f000001', '0xffffffff', '0x100000000', '0x', '0X', '0x.0x.0x.0x',
  '0x.a', '0xg',
  '0x7g', '017700000001', '0177.1', '0377', '0400.1', '08', '09', '08.1', '1.08', '1.2.3.08', '00', '000',
  '0000000000000000000000001', '00x1',
  '1.2.3.0x', '1.2.3.0xff', '1.2.3.0x100', '1..2', '.1', '1.', '1..', '..1', '-1', '1.-1', '+1', '1e3', '0b1', '1a', 'a1',
  'a.1', 'a.1.',
  'a.0x1', 'a.0xg', 'a.08', 'a.09z', 'foo.0x', 'foo.0X', '1.2.3.4a', '1.2.3.a', '1.2.3.%34', '%31', '1%2e2', '0x%37f', '1 2',
  '1.2.3.4%20',
  '192.168.257', '192.168.0.0x0000000000000000000001', '10.0.0.1.example.com', '1.2.3.4.com', '1com', '3com.com', '0x7f.com',
  'a.b.0',
];

const ipv6 = [
  '::', '::1', '1::', '::1:2', '1::2', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4:5:6:7::8',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1', '1:', ':1', ':', ':::', '1:::2', '1::2::3', '::1::', '',
  '0:0:0:0:0:0:0:0',
  '0:0:0:0:0:0:0:1', '1:0:0:0:0:0:0:0', '1:0:0:2:0:0:0:3', '1:0:0:0:2:0:0:0', '1:0:2:0:3:0:4:0', '0:1:0:1:0:1:0:1',
  '1:0:0:2:0:0:3:4',
  '2001:DB8::FFFF', '2001:0db8:0000:0000:0000:0000:0000:0001', '0001::', '00001::', '12345::', 'g::', '::g', '::fffF',
  'fe80::1%eth0',
  'fe80::1%25eth0', '::%31', '::1.2.3.4', '::ffff:1.2.3.4', '::ffff:127.0.0.1', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4',
  '1:2:3:4:5:1.2.3.4', '1::5:1.2.3.4', '::1.2.3', '::1.2.3.4.5', '::1.2.3.', '::.1.2.3', '::1..2.3', '::256.1.1.1',
  '::1.1.1.256', '::01.1.1.1',
  '::1.1.1.00', '::1.1.1.0', '::0.0.0.0', '::1.2.3.4:5', '::1.2.3.4 ', ' ::1', '::a.2.3.4', '::0x1.2.3.4', '1.2.3.4',
  '1.2.3.4::', '::１',
  'ä', ':: 1', '::1]', '[::1', 'a', '1:2:3:4:5:6:7:', ':2:3:4:5:6:7:8', '::1000.1.1.1', '0:0:0:0:0:FFFF:C000:280', '::\t1',
  'vF.addr',
];

const ports = [
  '', '0', '00', '1', '79', '80', '81', '080', '443', '0443', '8080', '65535', '65536', '99999', '000000000000000080',
  '18446744073709551696',
  '-1', '+80', '8 0', ' 80', '80 ', 'a', '80a', '0x50', '%38', '８０', '8\t0', '\n80', '80:80', ':80', '80\\x', '80?x', '80#x',
  '80@x', '٨٠',
];

const paths = [
  '', '/', '//', '///', '/a', '/a/', '/a//b', '/a/b/c', '/.', '/..', '/./', '/../', '/a/.', '/a/..', '/a/./b', '/a/../b',
  '/a/b/../..',
  '/a/b/../../..', '/a/b/../../../c', '/...', '/....', '/a/.../b', '/.a', '/a.', '/..a', '/a..', '/ .', '/%2e', '/%2E',
  '/%2e%2e', '/%2E.',
  '/.%2e', '/%2e%2E/a', '/a/%2e/b', '/a/%2e%2e/b', '/a/.%2E', '/a/%2e', '/%2e%2e%2e', '/%2ea', '/%2', '/%2f', '/%2f..',
  '/%5c', '/a%2fb',
  '/%', '/%%', '/%zz', '/%1', '/%00', '/%41', '/%c3%a4', '/%C3', '/%25', '/a b', '/a%20b', '/"', '/<>', '/`', '/{}', '/|',
  '/^', "/'", '/[]',
  '/\\', '\\', '\\a', '\\a\\..\\b', '/a\\b', '/a/\\../b', '\\..', '\\.', '/a\\', '/~', '/!$&\'()*+,;=:@', '/-._~', '/@a',
  '/a:b', '/:80', '//a/b',
  '//..', '//../a', '/a//..', '/a//../b', '/..//a', '/C:/x', '/C|/x', '/C:/..', '/ä', '/日本', '/😀', '/e\u0301', '/ａ',
  '/\u00ad', '/\u200d',
  '/\ufeff', '/\ufffd', '/\uffff', '/\u0000', '/\u0001', '/\u001f', '/\u007f', '/\u0080', '/\u00a0', '/a\tb', '/a\nb',
  '/a\rb', '/.\t.', '/.\n/a',
  '/%2\te', '/\ud800', '/\udc00', '/a\ud83d', '/\ude00\ud83d', '/\ud800b', '/\ud800\r\udc00', '/。。', '/．．', ';a',
  ';/a', '/;a=1', '/a;b/../c',
];

const queries = [
  '?', '??', '?a', '?a=b', '?a=b&c=d', '?a b', '?a+b', '?a%20b', '?"', "?'", '?<>', '?`', '?{}', '?|', '?^', '?\\', '?/../',
  '?/./a', '?%', '?%zz',
  '?%2e', '?%27', '?ä', '?日', '?😀', '?\u0000', '?\u001f', '?\u007f', '?\u00a0', '?a\tb', '?a\nb', '?\ud800', '?\udfff!',
  '?a?b', '?[]', '?:@', '?a#',
  '?#', '?#?', '?a#b?c', '?http://x/', '?;', '?~', '?\ufeff', '?a=\u200d', '?utm_source=x&utm_medium=y',
];

const fragments = [
  '#', '##', '#a', '#a#b', '#a?b', '#a b', '#"', "#'", '#<>', '#`', '#{}', '#|', '#^', '#\\', '#/../', '#%', '#%zz', '#ä',
  '#日', '#😀', '#\u0000',
  '#\u001f', '#\u007f', '#\u00a0', '#a\tb', '#\ud800', '#\udc00x', '#:~:text=a,b', '#!/a', '#[]', '#@', '#\ufeff', '# ',
];

const authorities = [
  'u@x', 'u:p@x', ':p@x', 'u:@x', '@x', ':@x', '@@x', '::@x', 'u@', '@', ':@', 'u@:80', '@:80', 'u@x:80', 'u@v@x',
  'u:p@v:q@x', 'u%40v@x', '%@x',
  'ä@x', 'u/@x', 'u?@x', 'u#@x', 'u\\@x', '\t@x', '\n:\r@x', 'u@[::1]', '@[::1]:81', '[::1]@x', 'x:80@y', 'x:a@y', 'u:p@[',
  'u:p@a b', ' @x', 'u@/a',
  '\ud800@x', 'x[:80', 'x]:80', '[x:80', '[::1', '[::1]x', 'x[::1]', '[::1]:', '[::1]:80', '[::1]80', '[::1]:a', '[[::1]]',
  '[]', '[]:80', ':', ':80', ':a',
];

const wholes = [
  '', ' ', '\t', '\n\r', '\u0000', '\u001f ', 'a', '/', '//', '//a', '/a', '\\a', '?a', '#a', '.', '..', ':', ':a', '://a',
  'a:', '1:', '1http://a', '-http://a',
  '+a:b', 'a+b:c', 'a b:c', 'http', 'http:', 'http:/', 'http://', 'http:///', 'https:', 'https://?', 'http://#', 'http://\\',
  'http:?a', 'http:#a', 'http:a',
  'http:a/b', 'http:/a', 'http:/a/b', 'http:///a', 'http://///a', 'http:\\a', 'http:\\\\a', 'http:/\\a', 'http:\\/a',
  'http:\\\\\\\\a\\b', 'https:a', 'https:/a',
  'HTTP://A', 'hTtPs://A', 'HTTPS:\\\\A\\B', 'ht\ttp://a', 'h\nt\rtp://a', 'http\t:\n/\r/a', '\thttp://a', ' http://a ',
  '\u0000http://a\u001f',
  '\u00a0http://a', 'http://a\u00a0', '\ufeffhttp://a', 'http ://a', 'http: //a', 'http:// a', 'http://a /b', 'httpä://a',
  'ｈｔｔｐ://a', 'http：//a', 'http%3A//a',
  'ftp://a', 'ws://a', 'wss://a', 'file:///a', 'file://a/b', 'mailto:a@b', 'javascript:alert(1)', 'JavaScript:alert(1)',
  ' javascript:x', 'java\nscript:x',
  'data:text/html,a', 'blob:http://a/b', 'about:blank', 'tel:1', 'view-source:http://a', 'httpx://a', 'xhttp://a',
  'http-s://a', 'http.://a', 'urn:a:b',
  'example.com', 'example.com/a', 'example.com:80', 'localhost:3000/a', 'www.example.com?http://a', '127.0.0.1',
  '127.0.0.1:80', '[::1]', '[::1]:80',
  '"http://a"', '<http://a>', '(http://a)', 'http://a"', 'http://a>', 'http://a/>', 'url:http://a', 'http://http://a',
  'http:http://a', 'http://https:/a',
  'http://a/http://b', 'http://a?http://b', 'http://a/\u0000', 'http://a/ ', 'http://a/ \u0000 ', 'http://a/b \t',
  'http://a?b ', 'http://a#b ', 'http://a#b\u0000',
  'http://a/b c ', 'http://a\ud800', 'http://\udc00', 'http://\ud800.com/', 'http://a\ud83d\ude00\ud83d/', '\ud800http://a',
  'http\ud800://a', 'https://a:80/',
  'http://a:443/', 'https://a:443/', 'http://a:80', 'https://a:443?b', 'http://example.com/a/b/c/../../d?e=f&g=h#i',
  'http://a/..//../b', 'https://x.y/%7Efoo/../bar',
];

const inputs = new Set(wholes);
const add = input => inputs.add(input);
for (const host of [...hosts, ...internationalHosts, ...ipv4]) add(`http://${host}/`), add(`https://${host}:8080`);
for (const host of ipv6) add(`http://[${host}]/`), add(`https://[${host}]:8443/a?b`);
for (const port of ports) add(`http://a:${port}/`), add(`https://[::1]:${port}`);
for (const path of paths) add(`http://a${path}`), add(`https://example.com${path}?q#f`);
for (const query of queries) add(`http://a${query}`), add(`https://a.b/c${query}#f`);
for (const fragment of fragments) add(`http://a${fragment}`), add(`https://a.b/c?d${fragment}`);
for (const authority of authorities) add(`http://${authority}`), add(`https:\\\\${authority}/a`);

// Mutations find what no list thinks of. The seed is fixed: the file changes only with this script. They stay ASCII in the host,
// where a random non-ASCII label would test the age of ICU's tables.
let state = 20240601;
const random = below => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
};
const pieces = [
  '/', '\\', '.', '..', ':', '@', '?', '#', '[', ']', '%', '%2e', '%2F', '%00', '%41', ' ', '\t', '\n', '0', '0x', '1', '08',
  '255', '256', '65536', 'a', 'Z', '::',
  'f', '-', '_', '|', '^', '<', '"', "'", '`', '{', '\u0000', '\u007f', '://', '/./', '/../', '//', 'xn', '.com', '&', '=',
  '+', '~', '*', '!',
];
const seeds = [
  'http://example.com/a/b?c=d#e', 'https://a.b:8443/x/../y', 'http://1.2.3.4/', 'http://0x7f.1', 'http://[1:2::3:4]:80/',
  'http://[::1.2.3.4]', 'https:\\\\h\\p',
  'http://a/%2e%2e/b', 'HTTPS://Example.COM:443', 'http://a?b', 'http://a#b', ' http://a/\t', 'http://u:p@h/',
  'http://127.0.0.1:65535/a',
];
for (let wanted = inputs.size + 900; inputs.size < wanted;) {
  let input = seeds[random(seeds.length)];
  for (let edits = 1 + random(3); edits > 0; edits--) {
    const at = random(input.length + 1);
    const inserted = random(4) ? pieces[random(pieces.length)] : '';
    input = input.slice(0, at) + inserted + input.slice(at + (random(3) ? 0 : 1 + random(2)));
  }
  add(input);
}

function resultOf(input) {
  let url;
  try {
    url = new URL(input);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username || url.password) return 'credentials';
  // We refuse a quotation mark in the host, which the standard takes.
  if (url.hostname.includes('"')) return undefined;
  // A bug of node 20: a segment that begins with a dot behind an empty one, "//.a/b/..", hides the dot segments that follow.
  if (/\/(\.|%2e){1,2}(\/|$)/i.test(url.pathname)) return undefined;
  // The standard has encoded the caret in paths since March 2025; node 20 is older.
  return url.origin + url.pathname.replaceAll('^', '%5E') + url.href.slice(url.origin.length + url.pathname.length);
}

const ascii = json => json.replace(/[^ -~]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
const units = input => Array.from({ length: input.length }, (_, i) => input.charCodeAt(i));
const lines = [...inputs]
  .map(input => [input.isWellFormed() ? input : units(input), resultOf(input)])
  .filter(([, result]) => result !== undefined)
  .map(vector => ascii(JSON.stringify(vector)));
writeFileSync(target, `[\n${lines.join(',\n')}\n]\n`);
console.log(`${lines.length} vectors`);
